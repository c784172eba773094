/**
 * Judges what clients of a store have seen: were reads and writes linearizable, and did watches
 * keep their promises?
 *
 * <p>Outside the flow: a test records what its clients asked and heard, and asks afterwards. {@link
 * io.kuber.testkit.check.Linearizability} searches an order of the calls that explains every
 * answer, and prints the smallest bad history that it can find where there is none; {@link
 * io.kuber.testkit.check.RevisionOrder} holds the revisions of all keys against real time; {@link
 * io.kuber.testkit.check.WatchPromises} holds watches to the nine promises that etcd makes; {@link
 * io.kuber.testkit.check.ChangeLog} is what really happened, put together from those who applied
 * it. Start at {@link io.kuber.testkit.check.CallRecorder}, which clients write into.
 *
 * <p>No owner thread: everything here is a value, but for the recorder, which any thread may use.
 *
 * <p><b>Invariants:</b> a history that is right is never refuted; every search is bounded and says
 * so when it gives up; nothing here knows kuber's own classes, so that it cannot share their
 * mistakes.
 */
@NullMarked
package io.kuber.testkit.check;

import org.jspecify.annotations.NullMarked;
