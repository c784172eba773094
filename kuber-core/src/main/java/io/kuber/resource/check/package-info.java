/**
 * Validation that kinds share: names, labels, metadata, ports, amounts; messages are those of
 * Kubernetes.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.check.MetadataCheck}.
 */
@NullMarked
package io.kuber.resource.check;

import org.jspecify.annotations.NullMarked;
