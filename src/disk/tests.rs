use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::set::write_set_with;
use super::step::{Hook, Step};
use super::*;

/// Names and bytes of all files in a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

fn set(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    files.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect()
}

fn write_with(folder: &Path, new: &[(&str, &str)], hook: Hook<'_>) -> Result<Vec<PathBuf>, Failure> {
    let contents: Vec<&[u8]> = new.iter().map(|(_, text)| text.as_bytes()).collect();
    let choose = || new.iter().map(|(name, _)| Target::at(folder, name, Existing::Replace)).collect();
    write_set_with(folder, &contents, &choose, hook)
}

fn write(folder: &Path, new: &[(&str, &str)]) -> Result<Vec<PathBuf>, Failure> {
    write_with(folder, new, &|_, _| Ok(()))
}

/// Runs until the given step would be taken, and stops there as a process that is killed: nothing is cleaned up, and the
/// system's locks end. Says whether it came so far.
fn killed_at(step: usize, run: &dyn Fn(Hook<'_>)) -> bool {
    let count = Cell::new(0);
    let hook = |_: Step, _: &Path| {
        count.set(count.get() + 1);
        if count.get() > step {
            std::panic::resume_unwind(Box::new("killed"));
        }
        Ok(())
    };
    catch_unwind(AssertUnwindSafe(|| run(&hook))).is_err()
}

const NEW: [(&str, &str); 3] = [("a.pdf", "new pdf"), ("a.docx", "new docx"), ("a.provenance.json", "new record")];

/// What may be in the folder before: nothing, all files of an earlier run, or some.
fn befores() -> Vec<BTreeMap<String, Vec<u8>>> {
    vec![
        set(&[]),
        set(&[("a.pdf", "old pdf"), ("a.docx", "old docx"), ("a.provenance.json", "old record")]),
        set(&[("a.docx", "old docx")]),
        set(&[("a.pdf", "new pdf"), ("a.docx", "old docx")]),
    ]
}

fn folder_with(before: &BTreeMap<String, Vec<u8>>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in before {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// The next run, for another client, and what is left of the first one's files.
fn after_next_run(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    write(folder, &[("b.pdf", "another's"), ("b.docx", "another's")]).unwrap();
    let mut left = files(folder);
    assert_eq!(left.remove("b.pdf").as_deref(), Some(&b"another's"[..]));
    assert_eq!(left.remove("b.docx").as_deref(), Some(&b"another's"[..]));
    left
}

#[test]
fn a_run_killed_at_any_step_leaves_no_mixture_after_the_next() {
    for before in befores() {
        let mut outcomes = [0, 0];
        for step in 0.. {
            let folder = folder_with(&before);
            if !killed_at(step, &|hook| drop(write_with(folder.path(), &NEW, hook))) {
                assert_eq!(files(folder.path()), set(&NEW));
                break;
            }
            let left = after_next_run(folder.path());
            assert!(left == before || left == set(&NEW), "killed before step {step}: {:?}", left.keys());
            outcomes[usize::from(left == set(&NEW))] += 1;
        }
        assert!(outcomes.iter().all(|count| *count > 2), "{outcomes:?}");
    }
}

#[test]
fn a_repair_killed_at_any_step_is_done_by_the_next() {
    for before in befores() {
        for first in 0.. {
            let folder = folder_with(&before);
            if !killed_at(first, &|hook| drop(write_with(folder.path(), &NEW, hook))) {
                break;
            }
            for second in 0..4 {
                killed_at(second, &|hook| drop(write_with(folder.path(), &[("c.pdf", "third")], hook)));
            }
            let mut left = after_next_run(folder.path());
            left.remove("c.pdf");
            assert!(left == before || left == set(&NEW), "killed before step {first}: {:?}", left.keys());
        }
    }
}

#[test]
fn a_journal_that_is_cut_short_is_none() {
    for cut in [0, 1, 20, 60] {
        let folder = folder_with(&befores()[1]);
        let journal = RefCell::new(Vec::new());
        // Up to the first rename: the journal is there, and nothing is renamed yet.
        let stopped = catch_unwind(AssertUnwindSafe(|| {
            drop(write_with(folder.path(), &NEW, &|step, _| {
                if step == Step::Rename {
                    *journal.borrow_mut() = fs::read(folder.path().join(lock::LOCK)).unwrap();
                    std::panic::resume_unwind(Box::new("killed"));
                }
                Ok(())
            }));
        }));
        assert!(stopped.is_err() && journal.borrow().len() > 60);
        fs::write(folder.path().join(lock::LOCK), &journal.borrow()[..cut]).unwrap();
        assert_eq!(after_next_run(folder.path()), befores()[1]);
    }
}

#[test]
fn where_one_file_cannot_be_replaced_the_others_are_put_back() {
    for before in befores() {
        for (at, (locked, _)) in NEW.iter().enumerate() {
            let folder = folder_with(&before);
            let refuse = |step: Step, path: &Path| match path.ends_with(locked) && step == Step::Rename {
                true => Err(io::ErrorKind::PermissionDenied.into()),
                false => Ok(()),
            };
            match write_with(folder.path(), &NEW, &refuse) {
                Err(Failure::NotReplaced { path, others, .. }) => {
                    assert!(path.ends_with(locked));
                    assert_eq!(others.len(), NEW.len() - 1);
                }
                other => panic!("{other:?}"),
            }
            assert_eq!(files(folder.path()), before, "{at}");
        }
    }
}

#[test]
fn what_cannot_be_put_back_is_named_and_made_whole_by_the_next_run() {
    let before = befores()[1].clone();
    let folder = folder_with(&before);
    let refuse = |step: Step, path: &Path| match step {
        Step::Rename if path.ends_with("a.docx") => Err(io::ErrorKind::PermissionDenied.into()),
        Step::PutBack => Err(io::ErrorKind::PermissionDenied.into()),
        _ => Ok(()),
    };
    let failure = write_with(folder.path(), &NEW, &refuse).unwrap_err();
    let problem = failure.problem();
    assert_eq!(problem.code, "S032");
    assert!(problem.message.contains("a.pdf` is new, but `"), "{}", problem.message);
    // As long as nothing can be done, nobody writes into this folder.
    let stuck = write_with(folder.path(), &[("b.pdf", "x")], &refuse).unwrap_err();
    assert_eq!(stuck.problem().code, "S035");
    assert_eq!(after_next_run(folder.path()), set(&NEW));
}

#[test]
fn what_somebody_changed_after_a_kill_is_not_lost() {
    for (changed, text) in [("a.pdf", "by hand"), ("a.docx", "by hand")] {
        for step in 0.. {
            let folder = folder_with(&befores()[1]);
            if !killed_at(step, &|hook| drop(write_with(folder.path(), &NEW, hook))) {
                break;
            }
            fs::write(folder.path().join("tmp"), text).unwrap();
            fs::rename(folder.path().join("tmp"), folder.path().join(changed)).unwrap();
            let left = after_next_run(folder.path());
            assert_eq!(left[changed], text.as_bytes(), "killed before step {step}");
            assert_eq!(left.len(), NEW.len());
        }
    }
}

#[test]
fn bytes_that_read_back_differently_get_no_name() {
    let before = befores()[1].clone();
    let folder = folder_with(&before);
    let parts = RefCell::new(Vec::new());
    // The disk changes the first file while the second is written.
    let spoil = |step: Step, path: &Path| {
        if step == Step::Write {
            if let Some(first) = parts.borrow().first() {
                fs::write(first, "spoilt")?;
            }
            parts.borrow_mut().push(path.to_path_buf());
        }
        Ok(())
    };
    let failure = write_with(folder.path(), &NEW, &spoil).unwrap_err();
    assert_eq!(failure.problem().code, "S030");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_failure_at_any_step_leaves_all_or_nothing_and_no_temporary_file() {
    for before in befores() {
        for step in 0.. {
            let folder = folder_with(&before);
            let count = Cell::new(0);
            let hook = |_: Step, _: &Path| {
                count.set(count.get() + 1);
                if count.get() == step + 1 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
            };
            let done = write_with(folder.path(), &NEW, &hook);
            let failed = count.get() > step;
            let left = after_next_run(folder.path());
            assert_eq!(left, if done.is_ok() { set(&NEW) } else { before.clone() }, "failed at step {step}");
            if !failed {
                break;
            }
        }
    }
}

#[test]
fn runs_side_by_side_never_mix() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for run in 0..6 {
            let folder = folder.path();
            scope.spawn(move || {
                for turn in 0..5 {
                    let text = format!("{run}.{turn}");
                    write(folder, &[("a.pdf", &text), ("a.docx", &text)]).unwrap();
                }
            });
        }
    });
    let left = files(folder.path());
    assert_eq!(left.len(), 2, "{:?}", left.keys());
    assert_eq!(left["a.pdf"], left["a.docx"]);
}

#[test]
fn a_living_runs_temporary_files_are_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    // Another run starts and ends while this one is between writing and renaming.
    let other = |step: Step, _: &Path| {
        if step == Step::KeepOld {
            panic!("nothing is replaced here");
        }
        Ok(())
    };
    let once = Cell::new(true);
    let hook = |step: Step, path: &Path| {
        if step == Step::Write && path.to_string_lossy().contains("-1.part") && once.replace(false) {
            write_with(folder.path(), &[("b.pdf", "b"), ("b.docx", "b")], &other).unwrap();
        }
        Ok(())
    };
    write_with(folder.path(), &NEW, &hook).unwrap();
    assert!(!once.get());
    assert_eq!(files(folder.path()).len(), NEW.len() + 2);
}

#[test]
fn a_file_that_may_not_be_replaced_is_kept() {
    let folder = folder_with(&set(&[("a.yaml", "mine")]));
    let failure = write_file(&folder.path().join("a.yaml"), b"new", Existing::Refuse).unwrap_err();
    assert!(matches!(failure, Failure::Taken { .. }));
    assert_eq!(files(folder.path()), set(&[("a.yaml", "mine")]));
    write_file(&folder.path().join("below/b.yaml"), b"new", Existing::Refuse).unwrap();
    write_file(&folder.path().join("a.yaml"), b"new", Existing::Replace).unwrap();
    assert_eq!(fs::read(folder.path().join("a.yaml")).unwrap(), b"new");
}

#[test]
fn names_in_a_journal_that_lead_elsewhere_are_refused() {
    for name in ["../a.pdf", "/etc/passwd", "", "..", "sub/a.pdf"] {
        let text = format!(
            r#"{{"format":1,"files":[{{"name":"{name}","part":".collateral-x-0.part","sha256":"","old":null}}]}}"#
        );
        assert!(journal::Journal::read(text.as_bytes()).is_err(), "{name}");
        let text = format!(r#"{{"format":1,"files":[{{"name":"a.pdf","part":"{name}","sha256":"","old":null}}]}}"#);
        assert!(journal::Journal::read(text.as_bytes()).is_err(), "{name}");
    }
    assert!(journal::Journal::read(br#"{"format":2,"files":[]}"#).is_err());
}
