/**
 * The kinds of {@code certificates.k8s.io}: wishes for certificates. A class per kind, laid out
 * like those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.certificates.CertificateKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.certificates;

import org.jspecify.annotations.NullMarked;
