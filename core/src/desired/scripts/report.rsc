:local miRouter [/system identity get name]
:if (!($miRouter~"^[A-Za-z0-9 ._-]+\$")) do={ :set miRouter "" }
:local miLines [:toarray ""]
:local miNow
LINES:foreach miLine,miState in=$miLines do={
  :foreach miRow in=[/ip firewall address-list find where comment=(SENT . $miLine . ":1")] do={
    :local miWas "up"
    :if ([/ip firewall address-list get $miRow disabled]) do={ :set miWas "down" }
    :if ($miState != $miWas) do={
      :do {
        /tool fetch url=URL http-method=post HEADER http-data=("{\"schema\":\"multi-isp/line-state/1\",\"router\":\"" . $miRouter . "\",\"line\":\"" . $miLine . "\",\"state\":\"" . $miState . "\"}") keep-result=no
        :if ($miState = "up") do={ /ip firewall address-list enable $miRow } else={ /ip firewall address-list disable $miRow }
      } on-error={}
    }
  }
}
