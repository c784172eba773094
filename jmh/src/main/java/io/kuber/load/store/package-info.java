/**
 * A closed-loop load test for stores: kuber's, alone or with peers, beside etcd with as many
 * members on the same disk.
 *
 * <p>Both get the same shape of load from the same process, in turns, so that what else happens on
 * the machine meets both; the ratio is what counts. Start at {@link io.kuber.load.store.StoreLoad}.
 *
 * <p><b>Threads:</b> a {@link io.kuber.load.store.Lane} sends its next request on whatever thread
 * brings it the last answer; its figures pass with it from one to the next.
 */
@NullMarked
package io.kuber.load.store;

import org.jspecify.annotations.NullMarked;
