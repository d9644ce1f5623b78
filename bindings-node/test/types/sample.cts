// The same types for CommonJS.
import multiIsp = require('multi-isp')

const report: multiIsp.Report = multiIsp.audit(multiIsp.Router.fromExport(''))
console.log(report.findings.map(({ code }) => code))
