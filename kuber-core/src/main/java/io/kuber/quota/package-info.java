/**
 * What objects use of the amounts that people ration: pods of CPU, claims of storage, all of their
 * own number (upstream: k8s.io/apiserver/pkg/quota/v1 and pkg/quota/v1/evaluator).
 *
 * <p>Values without I/O, used by the verbs, which refuse what would be too much, and by the
 * controller that writes the usage down. All are immutable but the {@link io.kuber.quota.Ledger},
 * which its maker owns. Start at {@link io.kuber.quota.Quota}.
 */
@NullMarked
package io.kuber.quota;

import org.jspecify.annotations.NullMarked;
