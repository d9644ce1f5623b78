:global multiIspLines
:if ([:typeof $multiIspLines] != "array") do={ :set multiIspLines [:toarray ""] }
:local miNow
:local miWas
