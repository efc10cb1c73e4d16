use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::sql::Database;
use crate::testing::both_engines;

async fn count(db: &Database) -> i64 {
    let counts = db.read(counts).await.unwrap();
    counts.iter().map(|c| c.waiting + c.dead).sum()
}

both_engines!(a_key_holds_back_a_second_job, |db: Database| async move {
    let first = db.write(|tx| enqueue(tx, NewJob::new("k", &1).key("a"))).await.unwrap();
    let second = db.write(|tx| enqueue(tx, NewJob::new("k", &2).key("a"))).await.unwrap();
    let other = db.write(|tx| enqueue(tx, NewJob::new("k", &3))).await.unwrap();
    assert!(first.is_some() && second.is_none() && other.is_some());
    assert_eq!(count(&db).await, 2);
});

both_engines!(what_is_in_bulk_is_taken_on_when_no_other_is_due, |db: Database| async move {
    let add = async |key: &'static str, bulk: bool| {
        db.write(move |tx| enqueue(tx, NewJob::new("k", &key).key(key).bulk(bulk))).await.unwrap();
    };
    let take = async |limit: i64| -> Vec<String> {
        let kinds = ["k".to_owned()];
        let jobs =
            db.write(move |tx| store::claim(tx, &kinds, limit, Duration::from_secs(60))).await.unwrap();
        jobs.iter().map(|job| job.payload().unwrap()).collect()
    };
    for key in ["many 1", "many 2", "many 3"] {
        add(key, true).await;
    }
    assert!(db.read(store::is_due).await.unwrap());
    add("one", false).await;
    assert_eq!(take(1).await, ["one"]);
    assert_eq!(take(1).await, ["many 1"]);
    add("other", false).await;
    assert_eq!(take(2).await, ["other", "many 2"]);
    assert_eq!(take(9).await, ["many 3"]);
    assert!(!db.read(store::is_due).await.unwrap());
});

both_engines!(a_job_of_a_rolled_back_transaction_never_runs, |db: Database| async move {
    let refused = db
        .write(|tx| -> Result<(), SqlError> {
            enqueue(tx, NewJob::new("k", &1))?;
            Err(SqlError::NotFound)
        })
        .await;
    assert!(refused.is_err());
    assert_eq!(count(&db).await, 0);
});

both_engines!(jobs_run_fail_are_put_off_and_die, |db: Database| async move {
    let (done, mut ran) = mpsc::unbounded_channel();
    let stop = CancellationToken::new();
    let failing = done.clone();
    let runner = Jobs::builder(db.clone())
        .handler("good", move |job| {
            let done = done.clone();
            async move {
                done.send(format!("good {}", job.payload::<u32>()?)).ok();
                Ok(())
            }
        })
        .handler("bad", move |job| {
            let failing = failing.clone();
            async move {
                failing.send(format!("bad {}", job.attempts)).ok();
                Err(if job.attempts == 0 {
                    JobError::RetryAt(Timestamp::EPOCH, "once more".into())
                } else {
                    JobError::dead("no use")
                })
            }
        })
        .run(stop.clone());
    let runner = tokio::spawn(runner);
    db.write(|tx| enqueue(tx, NewJob::new("good", &7))).await.unwrap();
    assert_eq!(ran.recv().await.unwrap(), "good 7");
    db.write(|tx| enqueue(tx, NewJob::new("bad", &8))).await.unwrap();
    assert_eq!(ran.recv().await.unwrap(), "bad 0");
    assert_eq!(ran.recv().await.unwrap(), "bad 1");
    stop.cancel();
    runner.await.unwrap().unwrap();
    let dead = db.read(list_dead).await.unwrap();
    assert_eq!((dead.len(), dead[0].last_error.as_str(), dead[0].attempts), (1, "no use", 2));
    let id = dead[0].id;
    assert!(db.write(move |tx| retry_dead(tx, id)).await.unwrap());
    assert!(db.read(list_dead).await.unwrap().is_empty());
});

both_engines!(two_runners_share_the_work_and_no_job_runs_twice, |db: Database| async move {
    let runs = Arc::new(AtomicU32::new(0));
    let stop = CancellationToken::new();
    let (done, mut ran) = mpsc::unbounded_channel();
    let mut runners = Vec::new();
    for _ in 0..2 {
        let (runs, done) = (Arc::clone(&runs), done.clone());
        let runner = Jobs::builder(db.clone()).handler("n", move |job| {
            let (runs, done) = (Arc::clone(&runs), done.clone());
            async move {
                runs.fetch_add(1, Ordering::SeqCst);
                done.send(job.payload::<u32>()?).ok();
                Ok(())
            }
        });
        runners.push(tokio::spawn(runner.run(stop.clone())));
    }
    for n in 0..100u32 {
        db.write(move |tx| enqueue(tx, NewJob::new("n", &n))).await.unwrap();
    }
    let mut seen = Vec::new();
    for _ in 0..100 {
        seen.push(ran.recv().await.unwrap());
    }
    stop.cancel();
    for runner in runners {
        runner.await.unwrap().unwrap();
    }
    seen.sort_unstable();
    assert_eq!(seen, (0..100).collect::<Vec<_>>());
    assert_eq!(runs.load(Ordering::SeqCst), 100);
    assert_eq!(count(&db).await, 0);
});

both_engines!(recurring_work_is_one_row_and_comes_again, |db: Database| async move {
    let (done, mut ran) = mpsc::unbounded_channel();
    let stop = CancellationToken::new();
    let runner = Jobs::builder(db.clone())
        .handler("tick", move |_| {
            let done = done.clone();
            async move {
                done.send(()).ok();
                Ok(())
            }
        })
        .every("tick", Duration::from_millis(10));
    let runner = tokio::spawn(runner.run(stop.clone()));
    for _ in 0..3 {
        ran.recv().await.unwrap();
    }
    stop.cancel();
    runner.await.unwrap().unwrap();
    assert_eq!(count(&db).await, 1);
});
