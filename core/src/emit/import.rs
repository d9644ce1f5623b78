//! How a script that stands in a file of the router is run.

use alloc::vec::Vec;

use crate::plan::Plan;
use crate::routeros::syntax::print::Line;
use crate::routeros::version::Version;

/// The commands that run a script which was uploaded to a router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Reads the file and changes nothing: its output ends with `Script Error` where RouterOS would refuse a command. `None`
    /// before 7.16, which has no such thing (inspect trees: absent in 7.15.3). Whether it knows of rows that come with the same
    /// file is not known \[D:47579229\]: a refusal that names such a row may be none.
    pub dry_run: Option<Vec<u8>>,
    /// Runs the file; RouterOS stops at the first error.
    pub run: Vec<u8>,
}

impl Plan {
    /// How a script of this plan is run that was uploaded as `file`, in commands for a terminal or `ssh`.
    ///
    /// # Example
    ///
    /// ```
    /// # use multi_isp::plan::{Options, plan_disable};
    /// # use multi_isp::routeros::{router::Router, version::Version};
    /// # let router = Router::new(Version::new(7, 22, 3));
    /// let plan = plan_disable(&router, &Options::default())?;
    /// let import = plan.import("multi-isp.rsc");
    /// assert_eq!(import.run, b"/import file-name=multi-isp.rsc");
    /// assert_eq!(import.dry_run.unwrap(), b"/import file-name=multi-isp.rsc verbose=yes dry-run");
    /// # Ok::<(), multi_isp::PlanError>(())
    /// ```
    pub fn import(&self, file: &str) -> Import {
        let import = || Line::new("", "import").arg("file-name", file.as_bytes());
        let dry_run = || import().arg("verbose", b"yes").flag("dry-run").finish();
        Import {
            dry_run: (self.version() >= DRY_RUN).then(dry_run),
            run: import().finish(),
        }
    }
}

/// The first version with `dry-run` \[inspect trees\].
const DRY_RUN: Version = Version::new(7, 16, 0);
