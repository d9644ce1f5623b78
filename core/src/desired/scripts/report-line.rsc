:set miNow "down"
:if (USABLE) do={ :set miNow "up" }
:set ($miLines->ID) $miNow
