/system scheduler remove [find where comment~"^multi-isp:guard:site:"]
/system script remove [find where comment~"^multi-isp:undo:site:"]
