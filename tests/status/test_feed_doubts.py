"""Sentences by which an incident of a feed ends, and those by which it only seems to.

Operators write them in four languages, and hopes as often as facts. Who reads of an end that is
none goes back to a service that is down; an end that is missed is told a day too long.
"""

import pytest

from bot.status.readers.feed_doubts import LONGEST
from tests.status.test_feeds import phase

NO_END = """
We believe this is resolved.
We believe the issue has been resolved.
The problem should be resolved now.
The issue should have been resolved by now.
The issue isn't resolved yet.
The issue hasn’t been resolved.
The issue has yet to be resolved.
Service is partially restored.
Service has been partly resolved.
The issue is mostly resolved.
The issue has been resolved for some customers.
The issue is resolved for most users.
The issue has been resolved in one region; others are still down.
The issue is now resolved in Europe, but users in the US are still affected.
Still investigating after it was resolved for some.
Update: still investigating after it was resolved for some.
The issue is resolved temporarily.
The issue has been temporarily resolved.
The problem appears to have been resolved.
It looks like the issue has been resolved.
It seems the issue is resolved.
The first issue has been resolved, but a second one remains.
A similar issue that was resolved yesterday has come back.
Has the issue been resolved? Not yet.
We anticipate that the issue is resolved tomorrow.
We are working on a fix. We think it is fixed.
Engineers are verifying that the issue has been resolved.
We are confirming the issue is resolved.
We are checking that the issue has been fixed.
We will update you as soon as it is resolved.
We will post here after the issue is resolved.
We'll keep this open till the issue is resolved.
Service will be back before the issue is resolved.
Please wait while the issue is resolved.
The incident has never been resolved.
None of the issues have been resolved.
No issue is resolved.
Neither has been resolved.
The issue might have been resolved.
It is unclear the issue is resolved.
The issue is nearly resolved.
The bug has been fixed for some users.
We believe the bug has been fixed.
Le problème devrait être résolu.
Le service devrait être rétabli.
Le service sera rétabli.
Nous pensons que le problème est résolu.
Nous croyons que le problème a été résolu.
Il semble que le problème est résolu.
Le problème semble résolu.
Le problème n'est toujours pas résolu.
Le service n'est que partiellement rétabli.
Le service est en partie rétabli.
Le service est rétabli partiellement.
Le service a été rétabli pour certains utilisateurs.
Le service est rétabli pour une partie des utilisateurs.
Le service est progressivement rétabli.
Le service est temporairement rétabli.
Le service n'a jamais été rétabli.
Aucun problème n'est résolu.
Avant que le problème soit résolu, patientez.
Tant que le problème est non résolu, utilisez le papier.
Nous vous informerons aussitôt que le service est rétabli.
Nous vérifions que le problème est résolu.
Le problème est presque résolu.
Le problème aurait été résolu.
Le problème est en cours d'être résolu.
Le premier problème est résolu mais un deuxième persiste.
Le problème est résolu, mais l'authentification reste indisponible.
Het probleem zou opgelost moeten zijn.
Het probleem zou nu opgelost zijn.
We denken dat het probleem is opgelost.
We vermoeden dat de storing verholpen is.
De storing is nog niet opgelost.
De storing is deels verholpen.
De storing is gedeeltelijk hersteld.
De storing is grotendeels opgelost.
De storing is tijdelijk verholpen.
De storing is bijna opgelost.
De storing is voor sommige gebruikers opgelost.
De storing is opgelost voor een deel van de gebruikers.
De storing is opgelost voor de meeste gebruikers.
De storing wordt opgelost.
De storing is vermoedelijk opgelost.
Het lijkt erop dat de storing is opgelost.
Het ziet ernaar uit dat de storing is verholpen.
We verwachten dat de storing morgen is opgelost.
Wij hopen dat de storing is hersteld.
Nadat de storing is opgelost, melden we het.
Van zodra de storing is opgelost melden we het.
De storing is nooit opgelost.
Geen van de problemen is opgelost.
De eerste storing is opgelost, maar Recip-e blijft onbeschikbaar.
We controleren of de storing is opgelost.
Het eerste probleem werd opgelost, het tweede nog niet.
Die Störung sollte behoben sein.
Die Störung sollte nun behoben sein.
Wir glauben, dass die Störung behoben ist.
Wir gehen davon aus, dass die Störung behoben ist.
Die Störung ist noch nicht behoben.
Die Störung ist nur teilweise behoben.
Die Störung ist zum Teil behoben.
Die Störung ist größtenteils behoben.
Die Störung ist weitgehend behoben.
Die Störung ist vorübergehend behoben.
Die Störung ist fast behoben.
Die Störung ist für einige Nutzer behoben.
Die Störung wurde für einen Teil der Nutzer behoben.
Die Störung ist vermutlich behoben.
Die Störung ist voraussichtlich morgen behoben.
Keine der Störungen ist behoben.
Die Störung wurde nie behoben.
Wir prüfen, ob die Störung behoben ist.
Nachdem die Störung behoben ist, melden wir uns.
Solange die Störung nicht behoben ist, nutzen Sie Papier.
Die erste Störung ist behoben, aber eine zweite besteht noch.
Das Problem ist behoben, jedoch kommt es weiterhin zu Ausfällen.
The incident is resolved, however some users still see errors.
The issue is resolved, although delays remain.
The issue has been resolved except for e-prescriptions.
We are now seeing the issue again after it had been resolved.
The issue we thought was resolved has returned.
The issue has been resolved. Many customers are still seeing errors.
The issue has been reopened after it has been resolved.
The login issue has been resolved. The mail issue is still being investigated.
It is resolved. At 10:00 the trouble has reappeared.
De storing is opgelost. Recip-e blijft onbeschikbaar.
Die Störung wurde behoben. eRezept ist weiterhin nicht erreichbar.
Le problème est résolu. Recip-e reste indisponible.
The incident that has been resolved this morning is back.
An issue similar to the one that was resolved last week is under investigation.
The DNS part has been resolved, we are working on the rest.
We have resolved one of the two causes.
The first of two problems has been resolved.
Most issues have been resolved.
Update: some issues have been resolved.
The majority of issues have been resolved.
Half of the services are restored.
Access is restored in phases.
The issue is resolved at 90%.
Le problème principal est résolu, nous travaillons sur le reste.
La plupart des problèmes sont résolus.
Certains services sont rétablis.
Une partie des services est rétablie.
De meeste diensten zijn hersteld.
Sommige diensten zijn hersteld.
Een deel van de diensten is hersteld.
Die meisten Störungen sind behoben.
Einige Störungen wurden behoben.
Ein Teil der Störung ist behoben.
Access has been restored to half of the users.
Access has been restored for part of the users.
Connectivity has been restored to most customers.
Le service est rétabli pour la moitié des utilisateurs.
De dienst is hersteld voor de helft van de gebruikers.
Der Dienst ist für die Hälfte der Nutzer wiederhergestellt.
Die Verbindung wurde wiederhergestellt für die Hälfte der Nutzer.
"""
END = """
The issue has been resolved.
This incident has been resolved.
This incident is now resolved.
The issue is resolved.
The issue was resolved.
The problem was resolved at 10:00.
The problem has been fully resolved.
The problem has now been resolved.
The issue has been completely resolved.
We have resolved the issue.
We've resolved the issue.
All issues have been resolved.
Issue resolved.
Resolved.
The service has been restored.
Service has been fully restored.
Services are restored.
The bug has been fixed.
This has been fixed.
The issue has been successfully resolved and all services are operating normally.
Le problème est résolu.
Le problème a été résolu.
L'incident est maintenant résolu.
L'incident a été entièrement résolu.
Le service est rétabli.
Le service est à nouveau rétabli.
Le service est de nouveau rétabli.
Les services sont rétablis.
Le service a été complètement rétabli.
La panne est résolue.
Problème résolu.
Het probleem is opgelost.
De storing is opgelost.
De storing is volledig opgelost.
De storing is ondertussen opgelost.
De storing is intussen verholpen.
Het probleem werd opgelost.
De storing werd verholpen.
De problemen zijn opgelost.
De storing is inmiddels opgelost.
De dienst is hersteld.
Het probleem is nu volledig opgelost.
Die Störung ist behoben.
Die Störung wurde behoben.
Die Störung ist inzwischen behoben.
Die Störung konnte behoben werden.
Das Problem wurde gelöst.
Das Problem ist gelöst.
Die Störungen wurden behoben.
Die Störung wurde vollständig behoben.
Die Störung wurde erfolgreich behoben.
Der Dienst ist wiederhergestellt.
Connectivity has been restored to all users.
The issue is resolved. If it comes back, tell us.
The issue has been resolved. We apologise for the inconvenience, and thank you if you reported it.
The root cause was not a cyber attack. The issue has been resolved.
Not all users were hit. This incident has been resolved.
An issue that made the first page blank for some users yesterday has been resolved.
Users could not log in; this has been resolved.
An issue causing some users to see errors has been resolved.
L'incident est résolu. Nous restons attentifs.
The issue has been resolved. If you still see errors, write to us.
It is resolved and users can log in again.
Yesterday's issues have now been resolved. Any customers still seeing slow pages should restart.
The issue has been resolved. Anyone still experiencing errors can write to us.
After a restart, the issue has been resolved.
We are pleased to confirm that the issue has been resolved.
De storing is opgelost. We blijven de situatie opvolgen.
Après un redémarrage, le problème est résolu. Si le problème reste visible, écrivez-nous.
"""


LOOKED_AT = """
We are actively investigating the issue.
We are still investigating this.
We're actively investigating.
Our team is actively investigating slow answers.
We have an incident under investigation.
The cause of the errors is under investigation.
We think it is resolved. We are also investigating the cause.
"""


@pytest.mark.parametrize("sentence", LOOKED_AT.strip().splitlines())
def test_what_is_looked_at_is_open(sentence: str) -> None:
    """Whatever stands between the words that say so."""
    assert phase("Trouble", sentence) == "investigating"


WATCHED = """
A fix is in place, and service has been restored for users. We are continuing to monitor closely.
Access has been restored. We continue to monitor it.
Service has been restored. We are still monitoring.
Service has been restored. We’re closely monitoring it.
Le service est rétabli. Nous continuons à surveiller la situation.
Le service a été rétabli et nous surveillons la situation.
La panne a été corrigée. Nous continuons de surveiller les serveurs.
De dienst is hersteld. We blijven de situatie opvolgen.
De storing is verholpen. Wij blijven de servers monitoren.
Der Dienst ist wiederhergestellt. Wir beobachten die Lage weiter.
Die Störung wurde behoben. Wir überwachen die Server weiterhin.
"""


@pytest.mark.parametrize("sentence", WATCHED.strip().splitlines())
def test_what_is_back_and_still_watched_is_not_over(sentence: str) -> None:
    """Whoever watches does not yet trust it; "resolved" alone is a last word."""
    assert phase("Trouble", sentence) == "monitoring"


@pytest.mark.parametrize("sentence", NO_END.strip().splitlines())
def test_what_is_hoped_denied_or_true_in_part_ends_no_incident(sentence: str) -> None:
    """Neither as a body nor as a title."""
    assert phase("Trouble", sentence) != "resolved"
    assert phase(sentence.rstrip(".")) != "resolved"


@pytest.mark.parametrize("sentence", END.strip().splitlines())
def test_what_is_told_outright_ends_an_incident(sentence: str) -> None:
    """Whatever adverb stands in it, and whatever other sentence stands beside it."""
    assert phase("Trouble", sentence) == "resolved"


def test_a_sentence_without_end_ends_no_incident() -> None:
    """It would take long to look through, and nobody wrote it for a person to read."""
    assert phase("Trouble", f"{'pages ' * LONGEST} are blank; it is resolved") == "resolved"
    assert phase("Trouble", f"{'pages ' * LONGEST} are blank, it is resolved") is None
