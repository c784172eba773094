/**
 * Unmodified clients of Kubernetes at real work: one class for each. They talk over TLS to a whole
 * cluster whose nodes are simulated, but whose containers are this machine's own processes, so that
 * nothing here needs root.
 */
@NullMarked
package io.kuber.testkit.clients;

import org.jspecify.annotations.NullMarked;
