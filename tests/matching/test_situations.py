"""What people typed at work, where the words alone led to a wrong entry."""

import pytest

from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import BUTTONS, AnswerKind, Match
from tests.matching.asking import ask

FLANDERS, ELSEWHERE = "death-certificate-elys", "death-certificate-paper"
GP, NURSE, DENTIST = "general-practitioner", "nurse", "dentist"


def offered(match: Match) -> list[str]:
    """The entries that stand as buttons, best first."""
    return [one.procedure for one in match.candidates[:BUTTONS]]


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("décès à Liège, elys plante", "fr", ELSEWHERE),
        ("décès à Namur elys en panne", "fr", ELSEWHERE),
        ("décès à Bruxelles elys ne répond pas", "fr", ELSEWHERE),
        ("décès en Wallonie elys hs", "fr", ELSEWHERE),
        ("overlijden in Brussel elys werkt niet", "nl", ELSEWHERE),
        ("elys plat, ik ben in Luik", "nl", ELSEWHERE),
        ("Todesfall in Eupen, eLys geht nicht", "de", ELSEWHERE),
        ("Totenschein elektronisch geht nicht in Sankt Vith", "de", ELSEWHERE),
        ("Totenschein in Ostbelgien elektronisch", "de", ELSEWHERE),
        ("death in Liege, elys is down", "en", ELSEWHERE),
        ("death certificate in Brussels not working", "en", ELSEWHERE),
        ("décès à Anvers elys en panne", "fr", FLANDERS),
        ("elys plante à Gand", "fr", FLANDERS),
        ("overlijdensattest lukt niet in Brugge", "nl", FLANDERS),
        ("overlijden in Vlaanderen, elys down", "nl", FLANDERS),
        ("Todesfall in Antwerpen, eLys geht nicht", "de", FLANDERS),
        ("Totenschein in Flandern, elys ausgefallen", "de", FLANDERS),
        ("death in Antwerp, elys down", "en", FLANDERS),
        ("elys not working in Leuven", "en", FLANDERS),
    ],
)
def test_a_death_is_certified_as_it_is_done_there(
    matcher: KnowledgeMatcher, text: str, language: str, place: str
) -> None:
    """Paper is no longer accepted in Flanders, and still asked for elsewhere."""
    match = ask(matcher, text, language, GP)
    assert (match.kind, match.candidates[0].procedure) == (AnswerKind.ANSWER, place)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("elys en panne", "fr"),
        ("certificat de décès", "fr"),
        ("acte de décès la nuit", "fr"),
        ("certificat de décès électronique ne marche pas", "fr"),
        ("overlijdensattest", "nl"),
        ("overlijdensattest lukt niet", "nl"),
        ("elys ligt plat", "nl"),
        ("Totenschein geht nicht", "de"),
        ("Totenschein elektronisch geht nicht", "de"),
        ("Todesbescheinigung", "de"),
        ("Todesbescheinigung elektronisch geht nicht", "de"),
        ("eLys geht nicht", "de"),
        ("elys down", "en"),
        ("death certificate", "en"),
        ("death certificate cannot be sent", "en"),
    ],
)
def test_a_death_at_no_place_is_asked_back(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """Both regions are offered, before anything else."""
    match = ask(matcher, text, language, GP)
    assert match.kind is AnswerKind.CHOICE
    assert set(offered(match)[:2]) == {FLANDERS, ELSEWHERE}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("patient heeft geen bewijs bij en recip-e ligt plat", "nl"),
        ("geen papieren bewijs, recip-e plat, alleen op gsm", "nl"),
        ("le patient n'a pas de preuve papier et recip-e est en panne", "fr"),
        ("Patient hat keinen Nachweis dabei und Recip-e ist ausgefallen", "de"),
        ("patient has no paper proof and recip-e is down", "en"),
    ],
)
def test_no_proof_in_an_outage_leads_to_the_entry_that_says_what_applies(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """Its second step does."""
    match = ask(matcher, text, language, "pharmacist")
    assert match.kind is AnswerKind.ANSWER
    assert match.candidates[0].procedure == "dispense-on-paper-proof"


@pytest.mark.parametrize(
    ("text", "language", "profession", "among"),
    [
        # A nurse's patient whose card is gone: how to bill, not how to block it.
        (
            "le patient a perdu sa carte d'identité hier je mets quoi comme code",
            "fr",
            NURSE,
            "nurse-patient-card-lost",
        ),
        ("carte du patient volée comment facturer", "fr", NURSE, "nurse-patient-card-lost"),
        # A card that does not read is not always a recent one.
        ("la carte eid passe pas", "fr", NURSE, "nurse-identity-reading-order"),
        ("carte eid illisible", "fr", NURSE, "nurse-identity-reading-order"),
        ("eid non lue", "fr", NURSE, "nurse-identity-reading-order"),
        ("eid reader dead", "en", NURSE, "nurse-reader-unavailable-barcode"),
        # "Grenzgänger" may be the patient as well as the doctor.
        ("Grenzgänger ohne belgische Karte Rezept", "de", GP, "patient-without-niss-or-bis"),
        # A rejection is no outage.
        ("efact dentist rejected", "en", DENTIST, "dentist-error-190-after-outage"),
        ("eattest abgelehnt", "de", DENTIST, "dentist-error-190-after-outage"),
        ("eattest rejected", "en", DENTIST, "eattest-no-receipt"),
        ("eattest abgelehnt", "de", GP, "eattest-no-receipt"),
        ("eattest rejected", "en", None, "eattest-no-receipt"),
        ("mycarenet error when sending eattest", "en", GP, "eattest-no-receipt"),
        ("mycarenet error when sending eattest", "en", DENTIST, "eattest-no-receipt"),
        ("lien thérapeutique impossible", "fr", GP, "medication-scheme-unavailable"),
        # "Réseau" is the telephone's too, not the Réseau Santé Wallon's alone.
        ("j'ai plus de réseau à Gedinne", "fr", NURSE, "nurse-system-outage-record-52-codes"),
        ("quel code pour pas de réseau", "fr", NURSE, "nurse-system-outage-record-52-codes"),
        (
            "je suis chez un patient sans réseau et faut que je lise sa carte",
            "fr",
            NURSE,
            "nurse-manual-entry-reason",
        ),
    ],
)
def test_what_may_mean_two_things_is_asked_back(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str | None, among: str
) -> None:
    """What was missed stands among the buttons, and nothing is given as sure."""
    match = ask(matcher, text, language, profession)
    assert match.kind is AnswerKind.CHOICE
    assert among in offered(match)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("pas de réseau chez le patient", "fr"),
        ("y a pas de signal chez la patiente", "fr"),
        ("geen netwerk bij de patiënt", "nl"),
        ("geen ontvangst bij de patiënt", "nl"),
        ("kein Netz beim Patienten", "de"),
        ("kein Empfang beim Patienten", "de"),
        ("no network at the patient's home", "en"),
        ("no signal at the patient's", "en"),
    ],
)
def test_without_network_at_the_patients_a_nurse_is_asked_how_the_card_is_read(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """Before the emergency numbers: nobody said that a life is in danger."""
    match = ask(matcher, text, language, NURSE)
    assert (match.kind, match.danger) == (AnswerKind.CHOICE, False)
    assert offered(match)[0] == "nurse-manual-entry-reason"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("je peux faire une attestation papier ?", "fr"),
        ("attestation papier quand eattest en panne", "fr"),
        ("mag ik op papier attesteren", "nl"),
        ("darf ich auf Papier bescheinigen", "de"),
        ("may I use paper?", "en"),
    ],
)
@pytest.mark.parametrize(
    ("profession", "when_allowed"),
    [(GP, "doctor-paper-certificate-force-majeure"), (DENTIST, "dentist-paper-certificate")],
)
def test_whether_paper_is_allowed_is_not_answered_with_not_twice(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str, when_allowed: str
) -> None:
    """When it is allowed stands among the first two."""
    match = ask(matcher, text, language, profession)
    assert match.kind is AnswerKind.CHOICE
    assert when_allowed in offered(match)[:2]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("j'ai fait une attestation papier, je dois aussi envoyer l'eattest ?", "fr"),
        ("dubbel attesteren mag dat", "nl"),
        ("Papier gegeben, auch noch eAttest senden", "de"),
        ("gave paper, must I also send the eAttest", "en"),
    ],
)
@pytest.mark.parametrize("profession", [GP, DENTIST])
def test_who_gave_paper_already_is_told_not_to_send_it_too(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str
) -> None:
    """As before."""
    match = ask(matcher, text, language, profession)
    assert (match.kind, match.candidates[0].procedure) == (AnswerKind.ANSWER, "eattest-no-double")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("stupéfiants sur papier en cas de panne ?", "fr"),
        ("narcotica op papier bij panne?", "nl"),
        ("Betäubungsmittel auf Papier bei Ausfall?", "de"),
        ("narcotics on paper during an outage?", "en"),
    ],
)
def test_narcotics_on_paper_may_be_an_order_or_a_patients_prescription(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """Both are offered."""
    match = ask(matcher, text, language, "pharmacist")
    assert match.kind is AnswerKind.CHOICE
    assert set(offered(match)[:2]) == {"pharmacy-narcoreg", "pharmacy-accept-paper-prescription"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("bon de stupéfiants papier encore permis ?", "fr"),
        ("verdovingsbon op papier bestellen", "nl"),
        ("Narcoreg ausgefallen", "de"),
        ("narcotic order form on paper", "en"),
    ],
)
def test_an_order_of_narcotics_is_no_prescription(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """As before."""
    match = ask(matcher, text, language, "pharmacist")
    assert (match.kind, match.candidates[0].procedure) == (AnswerKind.ANSWER, "pharmacy-narcoreg")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("GMD", "de"),
        ("GMD geht nicht", "de"),
        ("gmd werkt niet", "nl"),
        ("dmg en panne", "fr"),
        ("global medical record not working", "en"),
    ],
)
def test_the_medical_record_of_the_doctor_is_named_and_has_no_entry(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """The consent of a patient without a card is about something else."""
    match = ask(matcher, text, language, GP)
    assert (match.kind, match.uncovered) == (AnswerKind.UNKNOWN, ("dmg",))


def test_a_sick_note_is_no_matter_of_the_emergency_numbers(matcher: KnowledgeMatcher) -> None:
    """Whatever else cannot be reached."""
    match = ask(matcher, "sick note for patient cannot be sent", "en", DENTIST)
    assert "emergency-numbers-unreachable" not in offered(match)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("recip-e n'envoie pas mes ordo", "fr"),
        ("recip-e stuurt mijn voorschriften ni door", "nl"),
        ("recip-e schickt meine rezepte nich", "de"),
        ("recip-e isnt sending my prescripton", "en"),
    ],
)
@pytest.mark.parametrize("profession", [GP, DENTIST])
def test_whose_prescriptions_do_not_leave_is_told_first_how_to_prescribe(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str
) -> None:
    """To report the trouble does not help the patient who waits."""
    near = offered(ask(matcher, text, language, profession))
    assert near[0] == "prescribe-on-paper-force-majeure"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("recip-e n'envoie pas mes ordo", "fr"),
        ("recip-e stuurt mijn voorschriften ni door", "nl"),
        ("recip-e schickt meine rezepte nich", "de"),
        ("recip-e isnt sending my prescripton", "en"),
    ],
)
def test_a_pharmacist_whom_no_prescription_reaches_is_offered_how_to_dispense(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """Beside where to report it."""
    match = ask(matcher, text, language, "pharmacist")
    assert match.kind is AnswerKind.CHOICE
    assert "dispense-on-paper-proof" in offered(match)[:2]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("labo pas visible sur le hub", "fr"),
        ("labo niet zichtbaar op de hub", "nl"),
        ("Labor nicht sichtbar im Hub", "de"),
        ("lab results not visible on the hub", "en"),
    ],
)
def test_a_hub_of_any_region_has_an_entry_that_says_so(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """There is one alone, of the Walloon hub, and it tells that the sources give no other."""
    match = ask(matcher, text, language, GP)
    assert match.kind is AnswerKind.ANSWER
    entry = matcher.knowledge.procedures[match.candidates[0].procedure]
    assert entry.limits is not None
    assert "CoZo" in entry.limits[language]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("patient sans carte d'identité", "fr"),
        ("patiënt zonder identiteitskaart", "nl"),
        ("patient without identity card", "en"),
    ],
)
@pytest.mark.parametrize(
    ("profession", "among"),
    [
        (DENTIST, "dentist-niss-unknown-paper"),
        (GP, "consent-without-eid"),
        ("hospital", "hospital-identity-documents"),
        ("pharmacist", "pharmacy-patient-without-eid"),
        (NURSE, "nurse-identity-reading-order"),
    ],
)
def test_a_patient_without_a_card_has_not_lost_it_for_sure(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str, among: str
) -> None:
    """What to do without it is offered among the first."""
    match = ask(matcher, text, language, profession)
    assert match.kind is AnswerKind.CHOICE
    assert among in offered(match)[:3]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("patient étranger, carte européenne", "fr"),
        ("buitenlandse patiënt, europese kaart", "nl"),
        ("ausländischer Patient, europäische Karte", "de"),
        ("foreign patient, European card", "en"),
    ],
)
@pytest.mark.parametrize(
    ("profession", "among"),
    [
        (DENTIST, "dentist-niss-unknown-paper"),
        ("duty-post", "duty-post-paper-certificate"),
        (GP, "patient-without-niss-or-bis"),
        ("pharmacist", "patient-without-niss-or-bis"),
    ],
)
def test_a_european_card_may_be_of_an_insurance_and_no_residence_permit(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str, among: str
) -> None:
    """What to do for who has no Belgian number is offered."""
    match = ask(matcher, text, language, profession)
    assert match.kind is AnswerKind.CHOICE
    assert among in offered(match)[:3]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("carte étranger illisible", "fr"),
        ("vreemdelingenkaart wordt niet gelezen", "nl"),
    ],
)
def test_a_residence_permit_that_is_not_read_is_still_answered(
    matcher: KnowledgeMatcher, text: str, language: str
) -> None:
    """As before."""
    match = ask(matcher, text, language, GP)
    first = match.candidates[0].procedure
    assert (match.kind, first) == (AnswerKind.ANSWER, "foreigner-card-not-read")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("whatsapp ligt plat", "nl"),
        ("WhatsApp gestört", "de"),
        ("whatsapp down", "en"),
        ("whatsapp en panne", "fr"),
        ("facebook password", "en"),
        ("Facebook Passwort", "de"),
        ("facebook wachtwoord", "nl"),
        ("mot de passe facebook", "fr"),
        ("instagram down", "en"),
        ("netflix werkt niet", "nl"),
        ("Bank-App geht nicht", "de"),
        ("bancontact ligt plat", "nl"),
        ("payment terminal down", "en"),
        ("Heizung kaputt", "de"),
        ("verwarming kapot", "nl"),
        ("Aufzug kaputt", "de"),
        ("ascenseur en panne", "fr"),
        ("dental chair broken", "en"),
        ("fauteuil dentaire en panne", "fr"),
        ("tandartsstoel kapot", "nl"),
        ("Kaffeemaschine kaputt", "de"),
        ("car broken", "en"),
        ("Toner leer", "de"),
        ("printer kapot", "nl"),
        ("wc verstopt", "nl"),
        ("les toilettes sont bouchées", "fr"),
        ("Toilette verstopft", "de"),
        ("toilet blocked", "en"),
        ("mijn auto start niet", "nl"),
        ("ma voiture ne démarre pas", "fr"),
    ],
)
@pytest.mark.parametrize("profession", [GP, DENTIST, "nurse"])
def test_what_breaks_in_a_practice_and_is_no_e_health_is_out_of_scope(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str
) -> None:
    """Neither answered nor asked back."""
    assert ask(matcher, text, language, profession).kind is AnswerKind.UNKNOWN


@pytest.mark.parametrize(
    ("text", "language", "profession", "first"),
    [
        ("envoyer le RID par whatsapp", "fr", "pharmacist", "pharmacy-rid-by-phone"),
        ("Rezeptcode per WhatsApp schicken", "de", GP, "pharmacy-rid-by-phone"),
        ("wachtwoord certificaat vergeten", "nl", GP, "certificate-password-lost"),
        ("réseau santé wallon inaccessible", "fr", GP, "health-network-unavailable"),
        ("carte d'identité volée", "fr", None, "eid-lost-or-stolen"),
        ("nouvelle carte eid pas lue", "fr", NURSE, "reader-rejects-recent-card"),
        ("112 nicht erreichbar", "de", GP, "emergency-numbers-unreachable"),
        ("emergency number cannot be reached", "en", GP, "emergency-numbers-unreachable"),
    ],
)
def test_what_is_meant_with_the_same_words_is_still_answered(
    matcher: KnowledgeMatcher, text: str, language: str, profession: str | None, first: str
) -> None:
    """Telling things apart takes nothing from what they are about."""
    match = ask(matcher, text, language, profession)
    assert (match.kind, match.candidates[0].procedure) == (AnswerKind.ANSWER, first)
