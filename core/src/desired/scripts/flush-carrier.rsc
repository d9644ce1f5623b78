:global multiIspCarrier
:local miLine ""
:local miPort ""
LINES:if ($miLine != "") do={
  :if ([:typeof $multiIspCarrier] != "array") do={ :set multiIspCarrier [:toarray ""] }
  :local miWas ($multiIspCarrier->"line")
  :if (([:typeof $miWas] = "str") and ($miWas != $miLine)) do={
    :foreach miAddress in=($multiIspCarrier->"addresses") do={
      :foreach miConnection in=[/ip firewall connection find where reply-dst-address~("^" . $miAddress . "(:|\$)")] do={
        :do { /ip firewall connection remove $miConnection } on-error={}
      }
    }
  }
  :local miAddresses [:toarray ""]
  :foreach miRow in=[/ip address find where interface=$miPort] do={
    :local miAddress [/ip address get $miRow address]
    :set miAddresses ($miAddresses , [:pick $miAddress 0 [:find $miAddress "/"]])
  }
  :set ($multiIspCarrier->"line") $miLine
  :set ($multiIspCarrier->"addresses") $miAddresses
}
