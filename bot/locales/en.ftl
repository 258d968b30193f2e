### Bis in English. Plain text only: tags are set by the views. Short: read on a phone.

language-name = English

## The bot's own page in Telegram
bot-description =
    E-health tool down? Bis tells Belgian health professionals what to do now, in their profession, and whether it is only them.
    Independent: not a public service, and no patient data please.
bot-short-description = What to do when e-health fails: by profession, with the current state. Independent.

## Commands (menu and /help)
command-start = Begin: language and profession
command-help = What Bis can do
command-status = State of the services
command-procedures = All procedures by topic
command-subscribe = Be told of outages
command-unsubscribe = Stop being told of outages
command-language = Choose the language
command-profession = Choose your profession
command-quiet = Hours without messages
command-settings = Your choices
command-privacy = What is stored about you
command-stop = Delete everything about this chat
command-announce = Announce an outage by hand
command-correct = Tell that an outage is better or worse
command-close = Tell that an outage is over

## Beginning
start-greeting = Welcome to Bis: the detour when e-health fails.
start-independent = Bis is independent. It is not a service of eHealth, INAMI/RIZIV or any public body.
start-ready = Type what fails, in your own words.
start-example = Example: “Recip-e is down, how do I dispense?”
start-link-unknown = This link leads to nothing that Bis knows. Here is how to begin instead.

help-title = What Bis does
help-ask = Type what fails, in your own words. Bis answers with the steps for your profession and the current state of the services.
help-commands = Commands
help-no-patient = Never type a patient's name or number.

## Language and profession
language-ask = In which language should Bis answer?
language-kept = Bis now answers in English.
language-unknown = Bis speaks four languages. Choose one:
profession-ask = What is your profession?
profession-kept = Profession: { $profession }.
profession-cleared = No profession set: Bis shows everything.
profession-unknown = Bis knows no profession of that name. Do you mean one of these?
profession-none = not set
profession-other = None of these

## An answer
label-trigger = Situation
label-automatic = Happens by itself
label-steps = What to do
label-proof = Keep as proof
label-limits = Conditions
label-afterwards = Once it works again
label-contacts = Help
label-sources = Sources
caution-verify = To be verified: our sources do not settle this fully. Check with the source before you rely on it.
source-published = { $publisher }, { $date }
source-undated = { $publisher }, undated, seen { $date }
answer-page = Page { $page } of { $pages }
edited-note = Answer to your edited message.
attachment-note = Bis read your words, not what is attached: it looks at no pictures and opens no files. Delete it if it shows a patient.

part-afterwards-none = Our sources say nothing of what to put right afterwards.
part-contacts-none = This procedure names no helpdesk.
part-contacts-others = Other procedures on the same services name:
part-lasting-none = Our sources say nothing of a trouble that lasts.
part-no-end = No source announces an end, and Bis does not guess one.
part-no-state = This procedure rests on no service whose state could be read.

choice-ask = Several procedures come close. Which one do you mean?
choice-profession = It depends on your profession. Which one is yours?
works-now = Bis sees no outage there now. It may be only you, or too new to be seen.
works-else = If it does not work for you:
unknown-answer = Bis has no procedure for this, and will not guess.
unknown-hint = Say it in other words (which tool, what you see), or choose a topic. Otherwise call the helpdesk:
unknown-courtesy = Bis is here. Write in your own words which tool does not work and what you see, or choose a topic.
unknown-tool = Which tool does not work, and what do you see? Write it in your own words, or choose a topic.
unknown-danger = Bis only knows about failing e-health tools and can do nothing for a person in danger.
danger-note = 🚨 Is a life in danger? Call 112 first.
unknown-thread = Which procedure do you mean? Ask the whole question (which tool, what you see) or choose a topic.
unknown-service-profession = Our sources say nothing about { $services } for: { $profession }.
unknown-service = Our sources say nothing about { $services }.
unknown-operator = Run by: { $operator }
unknown-elsewhere = What there is for other professions
unknown-general = For all professions
other-profession-ask = For which profession?
other-profession-none = Bis has no procedure on this for { $profession }.

procedures-title = Topics
procedures-title-profession = Topics for: { $profession }
procedures-hint = Choose a topic.
topic-hint = Choose a procedure.
topic-empty = Bis has no procedure on this topic yet.

## States
state-operational = working
state-maintenance = under maintenance
state-degraded = degraded
state-partial-outage = partial outage
state-major-outage = outage
state-unknown = state unknown
state-unstable = unstable, comes and goes
state-since = since { $time }
state-seen-since = (seen so since { $time })
state-since-at-least = since { $time } at the latest
state-read = { $source }, read at { $time } ({ $age } ago)
state-read-stale = { $source }, last read at { $time } ({ $age } ago): old
state-announced = Announced by the Bis team at { $time } ({ $age } ago)
state-source-silent = the source itself has not changed since { $time }
state-affected = rests on { $services }: down
state-fine-but = its own source says fine, but { $services }, on which it rests, { $count ->
        [one] is
       *[other] are
    } down
state-not-for = works, but not for { $insurers }
state-overview = Bis sees no outage now{ $profession ->
        [none] {""}
       *[other] {" "}({ $profession })
    }: { $working ->
        [one] 1 service was read and works
       *[other] { $working } services were read and work
    }{ $unknown ->
        [0] .
        [one] , of 1 other the state is not known.
       *[other] , of { $unknown } others the state is not known.
    }
state-hidden = and { $count ->
        [one] 1 more affected
       *[other] { $count } more affected
    }, see /status
state-response = answers in { $time }
state-emergency = eHealth has switched { $service } to { $route } since { $time }; your software follows by itself if it has this detour
route-mutualities = the mutualities' own route
route-second-site = eHealth's second site
route-host = the emergency route { $host }
route-unnamed = the emergency route
state-says = { $source }: { $state }
state-look = Look yourself

reason-unreachable = its source cannot be reached
reason-timeout = its source does not answer in time
reason-tls = its source has no valid certificate
reason-http-status = its source answers with an error
reason-too-large = its source sends too much to be trusted
reason-redirect = its source sends us elsewhere
reason-forbidden-address = its source has an address that Bis refuses
reason-encoding = its source cannot be decoded
reason-not-the-format = its source has changed its form
reason-contract = its source is not complete enough to be trusted
reason-not-yet-read = not read yet
reason-no-machine-source = no source that Bis can read tells its state
reason-none = no recent reading

status-title = State of the services
status-title-profession = State of the services · { $profession }
status-at = At { $time }, worst first
status-at-one = At { $time }
status-blind = None of our sources can be read: probably our own network. Bis concludes nothing.
status-incidents = Open incidents
status-planned = Planned
status-untold = State unknown, no source that Bis can read
status-resting = State unknown, but resting on { $services }: down
status-service-unknown = Bis knows no service of that name. Do you mean one of these?
status-service-unknown-none = Bis knows no service of that name. /status shows all of them.
week-title = Last 7 days, Belgian time
week-share = Last 7 days: { $share }% of the known time without trouble
week-unknown = State unknown for { $share }% of the time
week-little = Known for only { $duration } of these 7 days
week-incidents = { $count ->
        [0] No outage reported
        [one] { $count } outage reported
       *[other] { $count } outages reported
    }
incident-by = { $source } writes:
incident-started = since { $time }
planned-window = { $start } to { $end }
planned-from = from { $start }
planned-effect = announced effect: { $effect }
planned-effect-none = none

phase-investigating = being investigated
phase-identified = cause found
phase-monitoring = being watched
phase-resolved = resolved
phase-scheduled = planned
phase-in-progress = in progress
phase-completed = finished

## Subscriptions
subscriptions-title = Outage messages
subscriptions-none = You receive no outage messages.
subscriptions-all = You are told of every service of your profession.
subscriptions-some = You are told of: { $services }.
services-many = { $count } services
subscriptions-added = Noted: you will be told of { $services }.
names-missed = Not understood: { $names }.
subscriptions-removed = Noted: no more messages about { $services }.
subscriptions-removed-all = Noted: no more outage messages.
subscriptions-hint = Press a service to switch it on (🔔) or off.
subscriptions-unwatched = No machine-readable source for { $services }: Bis cannot see an outage there by itself.
subscriptions-channels = Open to all, without subscribing: { $channels }
service-unknown = Bis knows no service of that name. Do you mean one of these?
service-unknown-none = Bis knows no service of that name. Choose here:
mute-done = No more messages about { $code }.
mute-unknown = This incident is no longer known: nothing to mute.
subscriptions-here = Outage messages come here from now on.

## Quiet hours and settings
quiet-ask = When should Bis stay silent? Type for example /quiet 22:00-07:00 (Belgian time).
quiet-kept = Silent from { $start } to { $end }, Belgian time. What still lasts at { $end } is told then.
quiet-off = No quiet hours: outages are told at once.
quiet-tonight = On duty: outages are told at once until { $end }. Then the quiet hours hold again.
quiet-tonight-none = There are no quiet hours to leave: outages are told at once.
quiet-bad = Not understood. Type for example /quiet 22:00-07:00, or /quiet off.
quiet-none = none
quiet-window = { $start } to { $end }
quiet-window-left = { $start } to { $end }, on duty until { $until }
settings-title = Your choices
settings-language = Language: { $language }
settings-profession = Profession: { $profession }
settings-subscriptions = Outage messages: { $services }
settings-quiet = Quiet hours: { $quiet }
settings-all = all of your profession
settings-none = none

## Privacy and leaving
privacy-title = What Bis stores
privacy-kept = The number of this chat, the language, the profession, the services you follow, the quiet hours, in a group the topic where messages come, the last procedure shown with its time, the incidents you muted, and the messages sent to you.
privacy-not-kept = Never stored: what you type, your name, your phone number, anything about a patient.
privacy-patient = Never type a national number. If you do, Bis hides it, does not use it, and tells you.
privacy-telegram = Telegram carries the messages and sees them; it is outside the European Economic Area.
privacy-delete = /stop deletes everything about this chat at once.
stop-done = Done: everything about this chat is deleted.
stop-deleted = Deleted: { $what }.
stop-settings = the settings
stop-subscriptions = { $count ->
        [one] 1 subscription
       *[other] { $count } subscriptions
    }
stop-pending = { $count ->
        [one] 1 message not yet sent
       *[other] { $count } messages not yet sent
    }
stop-nothing = Nothing was stored about this chat.
stop-again = /start begins again.

## Buttons: a verb each
button-other-profession = See another profession
button-status = See status
button-subscribe = Follow outages
button-unsubscribe-all = Stop all
button-subscribe-all = Follow all of them
button-back = ⬅ Back
button-more = Read on ({ $page }/{ $pages })
button-topics = See topics
button-procedure = See procedure
button-what-to-do = See what to do
button-mute = Mute this incident
button-refresh = Refresh
button-change-language = Change language
button-change-profession = Change profession
button-change-quiet = Set quiet hours
button-change-subscriptions = Choose services
button-quiet-off = No quiet hours
button-quiet-tonight = On duty tonight
button-confirm = Send it

## Guards
flood-wait = That was a lot at once. Wait a minute, then go on.
too-long = That is too long for one question. Put it in one or two sentences.
no-words = Say in a few words which tool fails, or choose a topic.
kind-sticker = Bis cannot read stickers. Type in words what fails.
kind-photo = Bis does not look at pictures and keeps none. Type the error message, without patient data. Delete the picture if it shows a patient.
kind-voice = Bis cannot listen. Type in words what fails, or use your keyboard's dictation.
kind-video = Bis does not look at videos and keeps none. Type in words what fails.
kind-document = Bis opens no files and keeps none. Type in words what fails. Delete the file if it concerns a patient.
kind-location = Bis needs no location and keeps none. Type in words what fails.
kind-contact = Bis needs no contacts and keeps none. Type in words what fails.
kind-other = Bis reads typed text only. Type in words what fails.
number-alone = No numbered list is open. Press the button itself, or ask your question again.
number-beyond = { $count ->
        [one] There is only one button: type 1.
       *[other] There are only { $count } buttons: type a number from 1 to { $count }.
    }
unknown-command = Bis does not know this command. /help lists them all.
unknown-command-nearest = Bis does not know this command. Do you mean { $command }?
old-button = This button is from an earlier version. Ask again, or see /help.
error-calm = Something went wrong on our side. Try again in a minute; your question was not stored.
warning-national-number = ⚠ That looks like a national number. Bis hid it and kept nothing. Delete your message.
warning-identifier = ⚠ That looks like a prescription code. Bis hid it and kept nothing. Delete your message.
group-admin-only = In a group, only an administrator can change this.
channel-admin-only = In a channel, these buttons are for administrators only. For yourself, write to { $bot }.

## Outage messages
ping-onset = { $service }: { $state } since { $time }
ping-worsened = { $service } is worse: { $state }
ping-update = { $service }: { $state }, news from the source
ping-announced-update = { $service }: { $state }, news from the Bis team
ping-resolved = { $service } works again
ping-unstable = { $service } is unstable
ping-unstable-note = It comes and goes. Bis stays silent until it is steady.
ping-steady = { $service } is steady again: { $state }
ping-planned = { $service }: planned work
ping-replanned = { $service }: planned work, announcement changed
ping-called-off = { $service }: planned work is no longer announced
ping-had-window = Had been announced: { $window }
ping-reminder = { $service }: still { $state }, since { $time }
ping-emergency-on = { $service }: emergency route ordered by eHealth
ping-emergency-off = { $service }: back on the normal route
ping-emergency-since = Since { $time }, to { $route }. Your software follows by itself if it has this detour.
ping-source = Source: { $source }
ping-announced = Announced by the Bis team
ping-also = Also hit: { $services }
ping-also-was = Had also been hit: { $services }
ping-insurers = the mutualities
ping-began = Trouble since { $time }
ping-ends = Announced end: { $time }
ping-back = { $service } works again since { $time }
ping-duration = Lasted { $duration }, from { $start } to { $end }
ping-code = Incident { $code }

duration-moment = under 1 min
duration-minutes = { $minutes } min
duration-hours = { $hours } h { $minutes } min
duration-days = { $days } d { $hours } h

## For the team
reload-refused = The changed knowledge base is refused. The old one stays in use.
reload-more = And { $count } more: see python -m bot check.
trouble-many-refusals = Many chats refuse at once: pings pause, nobody is unsubscribed.
trouble-given-up = A ping was given up after repeated unanswered sends.
trouble-bad-message = Telegram refused the content of a ping: it was not sent. The log says why.
team-name = The Bis team
team-usage =
    /announce SERVICE STATE [words]
    /correct CODE STATE
    /close CODE
    STATE is degraded, partial or major.
team-proposal = { $count ->
        [one] { $count } chat would be told:
       *[other] { $count } chats would be told:
    }
team-proposal-each = Each gets it in its own language, with the steps of its profession.
team-proposal-silent = The message that they have is changed, without a sound.
team-proposal-waits = Nothing is sent yet. The button holds for 10 minutes.
team-done = { $count ->
        [one] Done: { $code }. { $count } chat is told.
       *[other] Done: { $code }. { $count } chats are told.
    }
team-gone = Nothing was sent: this is older than 10 minutes, was done or replaced already, or the incident has changed. Type the command again.
team-open-already = An incident of this service is open: { $code }. Use /correct or /close.
team-not-open = No open outage has this code.
team-told-as-that = { $code } is told as that already.
team-unstable = { $code } is told as unstable until it is steady. /close ends it.

## Terminal
console-hello = Bis in the terminal. Type a question; /help lists the commands; a number presses a button; /quit leaves.
console-no-button = There is no button with this number.
console-bye = Goodbye.
