### Bis en français. Texte simple : les balises viennent des vues. Court : lu sur un téléphone.

language-name = Français

## La page du bot dans Telegram
bot-description =
    Un outil e-santé en panne ? Bis indique aux professionnels de santé en Belgique que faire maintenant, selon leur profession, et si la panne est générale.
    Indépendant : ce n'est pas un service public. Jamais de données de patients.
bot-short-description = Que faire quand l'e-santé tombe en panne : par profession, avec l'état actuel. Indépendant.

## Commandes (menu et /help)
command-start = Commencer : langue et profession
command-help = Ce que Bis sait faire
command-status = État des services
command-procedures = Toutes les procédures par thème
command-subscribe = Être averti des pannes
command-unsubscribe = Ne plus être averti des pannes
command-language = Choisir la langue
command-profession = Choisir votre profession
command-quiet = Heures sans messages
command-settings = Vos choix
command-privacy = Ce qui est conservé sur vous
command-stop = Effacer tout ce qui concerne ce chat
command-announce = Annoncer une panne à la main
command-correct = Annoncer qu'une panne est plus ou moins grave
command-close = Annoncer qu'une panne est finie

## Début
start-greeting = Bienvenue chez Bis : l'itinéraire bis quand l'e-santé est en panne.
start-independent = Bis est indépendant. Ce n'est un service ni d'eHealth, ni de l'INAMI, ni d'aucune autorité.
start-ready = Écrivez ce qui ne marche pas, avec vos mots.
start-example = Exemple : « Recip-e est en panne, comment délivrer ? »
start-link-unknown = Ce lien ne mène à rien que Bis connaisse. Voici comment commencer.

help-title = Ce que fait Bis
help-ask = Écrivez ce qui ne marche pas, avec vos mots. Bis répond par les étapes de votre profession et l'état actuel des services.
help-commands = Commandes
help-no-patient = N'écrivez jamais le nom ni le numéro d'un patient.

## Langue et profession
language-ask = En quelle langue Bis doit-il répondre ?
language-kept = Bis répond désormais en français.
language-unknown = Bis parle quatre langues. Choisissez :
profession-ask = Quelle est votre profession ?
profession-kept = Profession : { $profession }.
profession-cleared = Aucune profession choisie : Bis montre tout.
profession-unknown = Bis ne connaît pas de profession de ce nom. Pensez-vous à l'une de celles-ci ?
profession-none = non choisie
profession-other = Aucune de celles-ci

## Une réponse
label-trigger = Situation
label-automatic = Se fait tout seul
label-steps = Que faire
label-proof = À garder comme preuve
label-limits = Conditions
label-afterwards = Une fois rétabli
label-contacts = Aide
label-sources = Sources
caution-verify = À vérifier : nos sources ne tranchent pas tout à fait. Contrôlez auprès de la source avant de vous y fier.
source-published = { $publisher }, { $date }
source-undated = { $publisher }, sans date, vu le { $date }
answer-page = Page { $page } sur { $pages }
edited-note = Réponse à votre message modifié.
attachment-note = Bis a lu vos mots, pas la pièce jointe : il ne regarde aucune image et n'ouvre aucun fichier. Supprimez-la si elle montre un patient.

part-afterwards-none = Nos sources ne disent rien de ce qu'il faut régulariser ensuite.
part-contacts-none = Cette procédure ne cite aucun service d'assistance.
part-contacts-others = D'autres procédures sur les mêmes services citent :
part-lasting-none = Nos sources ne disent rien d'une panne qui dure.
part-no-end = Aucune source n'annonce de fin, et Bis n'en devine pas.
part-no-state = Cette procédure ne dépend d'aucun service dont l'état peut être lu.

choice-ask = Plusieurs procédures sont proches. Laquelle cherchez-vous ?
choice-profession = Cela dépend de la profession. Quelle est la vôtre ?
works-now = Bis n'y voit pas de panne pour le moment. Cela peut ne toucher que vous, ou être trop récent pour se voir.
works-else = Si cela ne marche pas chez vous :
unknown-answer = Bis n'a pas de procédure pour cela et n'en invente pas.
unknown-hint = Dites-le autrement (quel outil, ce que vous voyez) ou choisissez un thème. Sinon, appelez l'assistance :
unknown-courtesy = Bis est là. Écrivez avec vos mots quel outil ne marche pas et ce que vous voyez, ou choisissez un thème.
unknown-tool = Quel outil ne marche pas, et que voyez-vous ? Écrivez-le avec vos mots, ou choisissez un thème.
unknown-danger = Bis ne connaît que les pannes d'outils e-santé et ne peut rien pour une personne en danger.
danger-note = 🚨 Une vie en danger ? Appelez d'abord le 112.
unknown-thread = De quelle procédure parlez-vous ? Posez la question en entier (quel outil, ce que vous voyez) ou choisissez un thème.
unknown-service-profession = Nos sources ne disent rien sur { $services } pour : { $profession }.
unknown-service = Nos sources ne disent rien sur { $services }.
unknown-operator = Géré par : { $operator }
unknown-elsewhere = Ce qui existe pour d'autres professions
unknown-general = Pour toutes les professions
other-profession-ask = Pour quelle profession ?
other-profession-none = Bis n'a pas de procédure à ce sujet pour : { $profession }.

procedures-title = Thèmes
procedures-title-profession = Thèmes pour : { $profession }
procedures-hint = Choisissez un thème.
topic-hint = Choisissez une procédure.
topic-empty = Bis n'a pas encore de procédure sur ce thème.

## États
state-operational = fonctionne
state-maintenance = en maintenance
state-degraded = perturbé
state-partial-outage = panne partielle
state-major-outage = en panne
state-unknown = état inconnu
state-unstable = instable, va et vient
state-since = depuis { $time }
state-seen-since = (vu ainsi depuis { $time })
state-since-at-least = depuis { $time } au moins
state-read = { $source }, lu à { $time } (il y a { $age })
state-read-stale = { $source }, dernière lecture à { $time } (il y a { $age }) : ancienne
state-announced = Annoncé par l'équipe de Bis à { $time } (il y a { $age })
state-source-silent = la source elle-même n'a plus changé depuis { $time }
state-affected = dépend de { $services } : en panne
state-fine-but = sa propre source dit que tout va bien, mais { $services }, dont il dépend, { $count ->
        [one] est
       *[other] sont
    } en panne
state-not-for = fonctionne, mais pas pour { $insurers }
state-overview = Aucune panne vue par Bis pour le moment{ $profession ->
        [none] {""}
       *[other] {" "}({ $profession })
    } : { $working ->
        [one] 1 service lu fonctionne
       *[other] { $working } services lus fonctionnent
    }{ $unknown ->
        [0] .
        [one] , l'état d'1 autre n'est pas connu.
       *[other] , l'état de { $unknown } autres n'est pas connu.
    }
state-hidden = et { $count ->
        [one] 1 autre touché
       *[other] { $count } autres touchés
    }, voir /status
state-response = répond en { $time }
state-emergency = eHealth a fait passer { $service } par { $route } depuis { $time } ; votre logiciel suit de lui-même s'il connaît ce détour
route-mutualities = la voie propre des mutualités
route-second-site = le second site d'eHealth
route-host = la route de secours { $host }
route-unnamed = la route de secours
state-says = { $source } : { $state }
state-look = Vérifier vous-même

reason-unreachable = sa source est injoignable
reason-timeout = sa source ne répond pas à temps
reason-tls = sa source n'a pas de certificat valable
reason-http-status = sa source répond par une erreur
reason-too-large = sa source envoie trop pour être fiable
reason-redirect = sa source nous renvoie ailleurs
reason-forbidden-address = sa source a une adresse que Bis refuse
reason-encoding = sa source est illisible
reason-not-the-format = sa source a changé de forme
reason-contract = sa source est trop incomplète pour être fiable
reason-not-yet-read = pas encore lu
reason-no-machine-source = aucune source que Bis puisse lire ne donne son état
reason-none = pas de lecture récente

status-title = État des services
status-title-profession = État des services · { $profession }
status-at = À { $time }, le pire d'abord
status-at-one = À { $time }
status-blind = Aucune de nos sources n'est lisible : c'est sans doute notre propre réseau. Bis n'en conclut rien.
status-incidents = Incidents en cours
status-planned = Prévu
status-untold = État inconnu, aucune source que Bis puisse lire
status-resting = État inconnu, mais dépendent de { $services } : en panne
status-service-unknown = Bis ne connaît pas de service de ce nom. Pensez-vous à l'un de ceux-ci ?
status-service-unknown-none = Bis ne connaît pas de service de ce nom. /status les montre tous.
week-title = 7 derniers jours, heure belge
week-share = 7 derniers jours : { $share } % du temps connu sans perturbation
week-unknown = État inconnu pendant { $share } % du temps
week-little = Connu seulement pendant { $duration } de ces 7 jours
week-incidents = { $count ->
        [0] Aucune panne annoncée
        [one] { $count } panne annoncée
       *[other] { $count } pannes annoncées
    }
incident-by = { $source } écrit :
incident-started = depuis { $time }
planned-window = du { $start } à { $end }
planned-from = à partir de { $start }
planned-effect = effet annoncé : { $effect }
planned-effect-none = aucun

phase-investigating = recherche en cours
phase-identified = cause trouvée
phase-monitoring = sous surveillance
phase-resolved = résolu
phase-scheduled = prévu
phase-in-progress = en cours
phase-completed = terminé

## Abonnements
subscriptions-title = Avis de panne
subscriptions-none = Vous ne recevez aucun avis de panne.
subscriptions-all = Vous êtes averti pour tous les services de votre profession.
subscriptions-some = Vous êtes averti pour : { $services }.
services-many = { $count } services
subscriptions-added = C'est noté : vous serez averti pour { $services }.
names-missed = Pas compris : { $names }.
subscriptions-removed = C'est noté : plus d'avis pour { $services }.
subscriptions-removed-all = C'est noté : plus aucun avis de panne.
subscriptions-hint = Touchez un service pour l'activer (🔔) ou le couper.
subscriptions-unwatched = Pas de source lisible par une machine pour { $services } : Bis ne peut pas y voir une panne par lui-même.
subscriptions-channels = Ouverts à tous, sans abonnement : { $channels }
service-unknown = Bis ne connaît pas de service de ce nom. Pensez-vous à l'un de ceux-ci ?
service-unknown-none = Bis ne connaît pas de service de ce nom. Choisissez ici :
mute-done = Plus de messages sur { $code }.
mute-unknown = Cet incident n'est plus connu : rien à couper.
subscriptions-here = Les avis de panne arrivent désormais ici.

## Heures calmes et choix
quiet-ask = Quand Bis doit-il se taire ? Écrivez par exemple /quiet 22:00-07:00 (heure belge).
quiet-kept = Silence de { $start } à { $end }, heure belge. Ce qui dure encore à { $end } vous est dit alors.
quiet-off = Pas d'heures calmes : les pannes sont annoncées tout de suite.
quiet-tonight = De garde : les pannes sont annoncées tout de suite jusqu'à { $end }. Ensuite, les heures calmes reprennent.
quiet-tonight-none = Pas d'heures calmes à lever : les pannes sont annoncées tout de suite.
quiet-bad = Pas compris. Écrivez par exemple /quiet 22:00-07:00, ou /quiet off.
quiet-none = aucune
quiet-window = de { $start } à { $end }
quiet-window-left = de { $start } à { $end }, de garde jusqu'à { $until }
settings-title = Vos choix
settings-language = Langue : { $language }
settings-profession = Profession : { $profession }
settings-subscriptions = Avis de panne : { $services }
settings-quiet = Heures calmes : { $quiet }
settings-all = tous ceux de votre profession
settings-none = aucun

## Vie privée et départ
privacy-title = Ce que Bis conserve
privacy-kept = Le numéro de ce chat, la langue, la profession, les services suivis, les heures calmes, dans un groupe le sujet où arrivent les avis, la dernière procédure affichée avec son heure, les incidents coupés et les messages qui vous ont été envoyés.
privacy-not-kept = Jamais conservé : ce que vous écrivez, votre nom, votre numéro de téléphone, quoi que ce soit sur un patient.
privacy-patient = N'écrivez jamais de numéro national. Si cela arrive, Bis le masque, ne l'utilise pas et vous le dit.
privacy-telegram = Telegram transporte les messages et les voit ; il se trouve hors de l'Espace économique européen.
privacy-delete = /stop efface aussitôt tout ce qui concerne ce chat.
stop-done = C'est fait : tout ce qui concernait ce chat est effacé.
stop-deleted = Effacé : { $what }.
stop-settings = les réglages
stop-subscriptions = { $count ->
        [one] { $count } abonnement
       *[other] { $count } abonnements
    }
stop-pending = { $count ->
        [one] { $count } message pas encore envoyé
       *[other] { $count } messages pas encore envoyés
    }
stop-nothing = Rien n'était conservé sur ce chat.
stop-again = /start pour recommencer.

## Boutons : un verbe chacun
button-other-profession = Voir une autre profession
button-status = Voir l'état
button-subscribe = Suivre les pannes
button-unsubscribe-all = Tout arrêter
button-subscribe-all = Tout suivre
button-back = ⬅ Retour
button-more = Lire la suite ({ $page }/{ $pages })
button-topics = Voir les thèmes
button-procedure = Voir la procédure
button-what-to-do = Voir la marche à suivre
button-mute = Couper cet incident
button-refresh = Actualiser
button-change-language = Changer de langue
button-change-profession = Changer de profession
button-change-quiet = Fixer les heures calmes
button-change-subscriptions = Choisir les services
button-quiet-off = Pas d'heures calmes
button-quiet-tonight = De garde cette nuit
button-confirm = Envoyer

## Gardes
flood-wait = Cela fait beaucoup d'un coup. Attendez une minute, puis continuez.
too-long = C'est trop long pour une question. Dites-le en une ou deux phrases.
no-words = Dites en quelques mots quel outil ne marche pas, ou choisissez un thème.
kind-sticker = Bis ne lit pas les autocollants. Écrivez ce qui ne marche pas.
kind-photo = Bis ne regarde pas les images et n'en garde aucune. Recopiez le message d'erreur, sans données de patient. Supprimez l'image si on y voit un patient.
kind-voice = Bis ne peut pas écouter. Écrivez ce qui ne marche pas, ou dictez-le à votre clavier.
kind-video = Bis ne regarde pas les vidéos et n'en garde aucune. Écrivez ce qui ne marche pas.
kind-document = Bis n'ouvre aucun fichier et n'en garde aucun. Écrivez ce qui ne marche pas. Supprimez le fichier s'il concerne un patient.
kind-location = Bis n'a pas besoin de position et n'en garde aucune. Écrivez ce qui ne marche pas.
kind-contact = Bis n'a pas besoin de contacts et n'en garde aucun. Écrivez ce qui ne marche pas.
kind-other = Bis ne lit que du texte. Écrivez ce qui ne marche pas.
number-alone = Aucune liste numérotée n'est ouverte. Touchez le bouton lui-même, ou reposez votre question.
number-beyond = { $count ->
        [one] Il n'y a qu'un bouton : tapez 1.
       *[other] Il n'y a que { $count } boutons : tapez un numéro de 1 à { $count }.
    }
unknown-command = Bis ne connaît pas cette commande. /help les montre toutes.
unknown-command-nearest = Bis ne connaît pas cette commande. Pensez-vous à { $command } ?
old-button = Ce bouton vient d'une version antérieure. Posez à nouveau la question, ou voyez /help.
error-calm = Quelque chose a échoué de notre côté. Réessayez dans une minute ; votre question n'a pas été conservée.
warning-national-number = ⚠ Cela ressemble à un numéro national. Bis l'a masqué et n'a rien conservé. Supprimez votre message.
warning-identifier = ⚠ Cela ressemble à un code de prescription. Bis l'a masqué et n'a rien conservé. Supprimez votre message.
group-admin-only = Dans un groupe, seul un administrateur peut changer cela.
channel-admin-only = Dans un canal, ces boutons sont réservés aux administrateurs. Pour vous-même, écrivez à { $bot }.

## Avis de panne
ping-onset = { $service } : { $state } depuis { $time }
ping-worsened = { $service } s'aggrave : { $state }
ping-update = { $service } : { $state }, du nouveau à la source
ping-announced-update = { $service } : { $state }, du nouveau de l'équipe de Bis
ping-resolved = { $service } fonctionne de nouveau
ping-unstable = { $service } est instable
ping-unstable-note = Cela va et vient. Bis se tait jusqu'à ce que ce soit stable.
ping-steady = { $service } est de nouveau stable : { $state }
ping-planned = { $service } : travaux prévus
ping-replanned = { $service } : travaux prévus, annonce modifiée
ping-called-off = { $service } : travaux prévus qui ne sont plus annoncés
ping-had-window = Avaient été annoncés : { $window }
ping-reminder = { $service } : toujours { $state }, depuis { $time }
ping-emergency-on = { $service } : route de secours ordonnée par eHealth
ping-emergency-off = { $service } : retour à la route normale
ping-emergency-since = Depuis { $time }, par { $route }. Votre logiciel suit de lui-même s'il connaît ce détour.
ping-source = Source : { $source }
ping-announced = Annoncé par l'équipe de Bis
ping-also = Touchés aussi : { $services }
ping-also-was = Étaient touchés aussi : { $services }
ping-insurers = les mutualités
ping-began = Problème depuis { $time }
ping-ends = Fin annoncée : { $time }
ping-back = { $service } fonctionne de nouveau depuis { $time }
ping-duration = A duré { $duration }, du { $start } à { $end }
ping-code = Incident { $code }

duration-moment = moins de 1 min
duration-minutes = { $minutes } min
duration-hours = { $hours } h { $minutes } min
duration-days = { $days } j { $hours } h

## Pour l'équipe
reload-refused = La base de connaissances modifiée est refusée. L'ancienne reste en service.
reload-more = Et { $count } autres : voir python -m bot check.
trouble-many-refusals = Beaucoup de chats refusent à la fois : les avis attendent, personne n'est désabonné.
trouble-given-up = Un avis a été abandonné après plusieurs envois sans réponse.
trouble-bad-message = Telegram a refusé le contenu d'un avis : il n'est pas parti. Le journal dit pourquoi.
team-name = L'équipe de Bis
team-usage =
    /announce SERVICE ÉTAT [texte]
    /correct CODE ÉTAT
    /close CODE
    ÉTAT est degraded, partial ou major.
team-proposal = { $count ->
        [one] { $count } chat serait averti :
       *[other] { $count } chats seraient avertis :
    }
team-proposal-each = Chacun le reçoit dans sa langue, avec la marche à suivre de sa profession.
team-proposal-silent = Le message déjà reçu est modifié, sans son.
team-proposal-waits = Rien n'est encore envoyé. Le bouton vaut 10 minutes.
team-done = { $count ->
        [one] Fait : { $code }. { $count } chat est averti.
       *[other] Fait : { $code }. { $count } chats sont avertis.
    }
team-gone = Rien n'a été envoyé : plus de 10 minutes ont passé, c'est déjà fait ou remplacé, ou l'incident a changé. Tapez à nouveau la commande.
team-open-already = Un incident de ce service est ouvert : { $code }. Utilisez /correct ou /close.
team-not-open = Aucune panne en cours ne porte ce code.
team-told-as-that = { $code } est déjà annoncé ainsi.
team-unstable = { $code } est annoncé comme instable jusqu'à ce que cela tienne. /close y met fin.

## Terminal
console-hello = Bis dans le terminal. Écrivez une question ; /help montre les commandes ; un numéro presse un bouton ; /quit pour sortir.
console-no-button = Aucun bouton ne porte ce numéro.
console-bye = Au revoir.
