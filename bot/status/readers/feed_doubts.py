"""Words that take back what a sentence of a feed says: it is denied, hoped for, or true in part.

Who reads of an end that is none goes back to a service that is down: in doubt nothing is said.
"""

import re

LONGEST = 2_000
"""Signs of a sentence that is looked through: what has no end before them is no sentence."""
_NOT_SO = re.compile(
    r"\b(not|until|once|when|if|whether|unless|partially|hope|expect"
    r"|pas|jusqu|quand|lorsqu\w*|dès|si|une fois|partiellement|espér\w*"
    r"|niet|tot|zodra|wanneer|als|indien|gedeeltelijk|hopen|hopelijk"
    r"|nicht|bis|sobald|wenn|falls|teilweise|hoffen|hoffentlich)\b"
)
_NO_END_BEFORE = re.compile(
    r"n['’]t\b|\b(never|none|neither|no (issue|problem|incident)s?|till|hoping|anticipate|assum\w+"
    r"|believe\w*|think|thought|suspect|appears?|seems?|looks? (like|as)|likely|probably|unclear"
    r"|considered|almost|nearly|mostly|partly|largely|temporarily|(verify|confirm|check|validat"
    r"|test)ing|to (verify|check|validate|ensure|make sure)|as soon as)\b"
    r"|\b(should|may|might|could|must|would|will)( \w+){0,2} ?$|\b(after|before|while)\b[^,]{0,80}$"
    r"|\b(jamais|aucune?|non|pensons|croyons|supposons|vérifions|vérifier|sembl\w+|paraît|aurai\w+"
    r"|devrai\w+|probablement|apparemment|aussitôt|tant que|(avant|après) qu\w*|presque|en partie"
    r"|progressivement|temporairement|provisoirement)\b"
    r"|\b(nooit|geen (van|enkel\w*)|denk\w*|vermoed\w*|geloven|lijkt|lijken|ernaar|verwacht\w*"
    r"|controleren|nagaan|zou|zouden|waarschijnlijk|wellicht|bijna|deels|grotendeels|tijdelijk)\b"
    r"|\b(nadat|voordat|vooraleer|terwijl|nachdem|bevor)\b[^,]{0,80}$"
    r"|\b(nie|niemals|keine[rs]? (der|dieser)|glaub\w*|denken|davon aus|sollte\w*|dürfte\w*"
    r"|scheint|scheinen|vermutlich|voraussichtlich|wahrscheinlich|offenbar|anscheinend|prüfen"
    r"|überprüfen|erwarten|solange|fast|nahezu|größtenteils|weitgehend|vorübergehend|zum teil)\b"
)
_IN_PART_BEFORE = re.compile(
    r"(?:^|[,:] )(the |a |la |une |de |een |die |ein )?(most|some|many|several|half|majority|part"
    r"|first|few|number|plupart|certaine?s|partie|plusieurs|quelques|meeste|sommige|deel|aantal"
    r"|enkele|eerste|meisten|einige|teil|manche|mehrere)( \w+){0,4} ?$"
    r"|\b(that|which|qui) ((has|have|had|a|ont|avait) )?$"
)
"""What a sentence speaks of is a part, or an end of which it speaks in passing."""
_NO_END_BEHIND = re.compile(
    r"\?(\s|$)|\d ?%|\b(one of|working on|in (phases|stages)|travaillons|werken (nog|aan|verder)"
    r"|arbeiten (noch|an|weiter))\b"
    r"|\b(for|in|to) (some|one|most|many|several|certain|half|part|the majority|a (few|number"
    r"|subset|majority|part|half))\b"
    r"|\b(but|however|although|though|except|apart from|partially|partly|temporarily|tomorrow"
    r"|not yet)\b"
    r"|\b(pour|à) (certain\w*|une partie|la plupart|la moitié|quelques|la majorité)\b"
    r"|\b(mais|cependant|toutefois|sauf|hormis|excepté|partiellement|en partie|temporairement"
    r"|provisoirement)\b"
    r"|\bvoor (sommige|een (deel|aantal)|de (helft|meeste)|bepaalde|enkele)\b"
    r"|\b(maar|echter|behalve|uitgezonderd|deels|gedeeltelijk|tijdelijk|nog niet)\b"
    r"|\bfür (einige|einen teil|die (hälfte|meisten)|manche|bestimmte|mehrere)\b"
    r"|\b(aber|jedoch|allerdings|außer|bis auf|teilweise|zum teil|vorübergehend|noch nicht)\b"
)
_GOES_ON = re.compile(
    r"\b(still|remains?) (being )?(investigat|affect|impact|experienc|see|down|unavailable"
    r"|degraded|broken|offline|failing)"
    r"|\b(has|have|had) (returned(?! to)|reappeared|recurred|come back(?! (up|online|to)))"
    r"|\breappeared\b|\brecurring\b|\bre-?opened\b"
    r"|\b(toujours|encore|reste(nt)?|demeure(nt)?) (indisponible|perturbé|inaccessible|touché"
    r"|affecté|impacté|hors service)|\b(est|sont) réapparue?s?\b"
    r"|\b(blijft|blijven|nog steeds|nog altijd) (\w+ )?(onbeschikbaar|niet beschikbaar|verstoord"
    r"|onderbroken)|\bopnieuw (opgedoken|opgetreden)\b"
    r"|\b(bleibt|bleiben|weiterhin|noch immer|immer noch) (\w+ )?(gestört|nicht verfügbar"
    r"|beeinträchtigt|nicht erreichbar|ausgefallen)|\berneut aufgetreten\b"
)
_ONLY_IF = re.compile(
    r"\b(if|should|until|any(one|body)|any (one|customers?|users?|clients?)|si|jusqu|als|indien|tot"
    r"|wenn|falls|sollte\w*|bis)\b"
)


def says(pattern: re.Pattern[str], sentence: str) -> bool:
    """Whether a sentence says so, and does not deny it, hope for it or set a condition."""
    found = pattern.search(sentence)
    return found is not None and _NOT_SO.search(sentence, 0, found.start()) is None


def ends(pattern: re.Pattern[str], sentence: str) -> bool:
    """Whether a sentence tells of an end outright: for all, for good, as what is known."""
    found = pattern.search(sentence)
    return (
        found is not None
        and len(sentence) <= LONGEST
        and says(pattern, sentence)
        and _NO_END_BEFORE.search(sentence[: found.start()]) is None
        and _IN_PART_BEFORE.search(sentence[: found.start()]) is None
        and _NO_END_BEHIND.search(sentence, found.end()) is None
    )


def goes_on(sentence: str) -> bool:
    """Whether a sentence tells that trouble remains or is back, not what to do if it does."""
    found = _GOES_ON.search(sentence)
    return found is not None and _ONLY_IF.search(sentence, 0, found.start()) is None
