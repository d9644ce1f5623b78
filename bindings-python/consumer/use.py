"""Somebody's program that knows nothing of this repository but the wheel: shows that it can be installed and used."""

import sys
from pathlib import Path

import multi_isp
from multi_isp import Router, Site, plan_apply

folder = Path(multi_isp.__file__).parent
assert "site-packages" in folder.parts, f"{folder} is not what was installed"
assert (folder / "py.typed").exists()

router = Router.from_export(Path(sys.argv[1]).read_bytes())
plan = plan_apply(Site.from_json(Path(sys.argv[2]).read_bytes()), router)
applied = router.run(plan.script()).router
assert not applied.run(plan.undo_script()).router.diff(router).differences
print(f"multi_isp {multi_isp.__version__}: {len(plan.steps)} steps, and the undo is exact")
