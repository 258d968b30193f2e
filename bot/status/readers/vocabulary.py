"""State and phase words of status pages, in English, French, Dutch and German.

The wordings are those of Statuspage, Cachet (https://github.com/cachethq/cachet, its own
translations), incident.io, Rootly, Instatus, Better Stack and iLert; some are Spanish and
Portuguese, as pages of the same makers write them. A word that is not here is unknown.
"""

from bot.status.model import Phase, State

STATES: dict[State, str] = {
    State.OPERATIONAL: """
        operational, opérationnel, opérationnelle, operationeel, funktionsfähig, betriebsbereit,
        available, disponible, beschikbaar, verfügbar, operativo, operacional
    """,
    State.DEGRADED: """
        degraded, degraded performance, degraded service, performance issues, minor outage, slow,
        problèmes de performance, problèmes de performances, performances dégradées,
        performance dégradée, performances réduites, dégradation des performances, dégradé,
        service dégradé, perturbé, service perturbé, ralenti, prestatieproblemen,
        verminderde prestaties, verminderde prestatie, verstoord, vertraagd, leistungsprobleme,
        eingeschränkte leistung, verminderte leistung, beeinträchtigte leistung, beeinträchtigt,
        rendimiento degradado, problemas de rendimiento, desempenho degradado,
        problemas de desempenho
    """,
    State.PARTIAL_OUTAGE: """
        partial outage, partial system outage, panne partielle, interruption partielle,
        partiellement indisponible, gedeeltelijke storing, gedeeltelijke uitval,
        gedeeltelijke onderbreking, gedeeltelijk onbeschikbaar, gedeeltelijk niet beschikbaar,
        storing, teilweiser ausfall, teilausfall, teilweise nicht verfügbar, störung,
        interrupción parcial, interrupção parcial
    """,
    State.MAJOR_OUTAGE: """
        major outage, major system outage, full outage, complete outage, outage, downtime, down,
        offline, unavailable, panne majeure, panne totale, panne complète, panne,
        interruption majeure, interruption totale, interruption complète, indisponible,
        inaccessible, hors service, hors ligne, grote storing, ernstige storing,
        volledige storing, volledige onderbreking, volledige uitval, uitgevallen, onbeschikbaar,
        niet beschikbaar, buiten dienst, schwerer ausfall, größerer ausfall,
        vollständiger ausfall, totalausfall, ausfall, nicht verfügbar, interrupción mayor,
        interrupción grave, interrupción total, interrupção grave, interrupção total
    """,
    State.MAINTENANCE: """
        maintenance, under maintenance, scheduled maintenance, planned maintenance,
        en maintenance, maintenance planifiée, maintenance programmée, maintenance en cours,
        in onderhoud, gepland onderhoud, onderhoud, onderhoudswerken, wartungsarbeiten,
        geplante wartung, in wartung, wartung, mantenimiento, en mantenimiento, manutenção,
        em manutenção
    """,
    State.UNKNOWN: """
        unknown, not monitored, pending, no data, inconnu, onbekend, unbekannt
    """,
}
PHASES: dict[Phase, str] = {
    Phase.INVESTIGATING: """
        investigating, under investigation, enquête en cours, investigation,
        investigation en cours, en cours d'investigation, en cours d'analyse, analyse en cours,
        examen en cours, in onderzoek, onderzoek, onderzoek loopt, onderzoeken, wordt onderzocht,
        untersuchungen laufen, untersuchung, untersuchung läuft, wird untersucht, in untersuchung,
        in behandeling, bezig, in arbeit, investigando, investigación, en investigación,
        investigação, em investigação, started, detected, acknowledged, triage, in triage, active,
        ongoing, open
    """,
    Phase.IDENTIFIED: """
        identified, identifié, identifiée, problème identifié, cause identifiée, geïdentificeerd,
        oorzaak gevonden, identifiziert, ursache identifiziert, résolution en cours,
        identificado, identificada
    """,
    Phase.MONITORING: """
        monitoring, watching, mitigated, sous surveillance, surveillance, en surveillance,
        en observation, aan het opvolgen, opvolging, in opvolging, wordt opgevolgd,
        wordt gemonitord, monitoren, controleren, bewaking, unter beobachtung, in beobachtung,
        beobachtung, wird beobachtet, überwachung, wird überwacht, monitorando, monitorizando,
        em monitoramento, monitoreando, supervisando, en supervisión
    """,
    Phase.RESOLVED: """
        resolved, solved, fixed, recovered, closed, postmortem, retrospective, rca, pir,
        preliminary pir, post incident review, root cause analysis, résolu, résolue,
        corrigé, corrigée, rétabli, rétablie, clôturé, clôturée, clos, opgelost, hersteld,
        verholpen, afgesloten, gesloten, behoben, gelöst, geschlossen, resolvido, resolvida,
        resuelto, resuelta
    """,
    Phase.SCHEDULED: """
        scheduled, upcoming, planned, not started, not started yet, maintenance scheduled, planifié,
        planifiée, programmé, programmée, prévu, à venir, gepland, ingepland, geplant, bevorstehend,
        agendado, agendada, programado, programada
    """,
    Phase.IN_PROGRESS: """
        in progress, verifying, under maintenance, maintenance in progress, en cours,
        vérification, vérification en cours, en vérification, maintenance en cours, in uitvoering,
        aan de gang, verificatie, verifiëren, wordt geverifieerd, in bearbeitung,
        wird durchgeführt, im gange, überprüfung, wird überprüft, em andamento, en curso,
        en progreso
    """,
    Phase.COMPLETED: """
        completed, complete, finished, maintenance complete, maintenance completed, ended,
        terminé, terminée, achevé, voltooid, afgerond, beëindigd, abgeschlossen, beendet,
        concluído, concluída, completado, completada, finalizado, finalizada,
        cancelled, canceled, annulé, annulée, geannuleerd, abgesagt
    """,
}
