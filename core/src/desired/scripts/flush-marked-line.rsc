:set miNow "down"
:if (USABLE) do={ :set miNow "up" }
:set miWas ($multiIspLines->ID)
:if (([:typeof $miWas] = "str") and ($miWas != $miNow)) do={
  :foreach miConnection in=[/ip firewall connection find where connection-mark~MARKS] do={
    :do { /ip firewall connection remove $miConnection } on-error={}
  }
}
:set ($multiIspLines->ID) $miNow
