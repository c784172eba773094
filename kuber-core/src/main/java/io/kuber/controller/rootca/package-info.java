/**
 * Gives every namespace the certificate of the cluster's authority (upstream:
 * pkg/controller/certificates/rootcacertpublisher).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.rootca.RootCertificateController}.
 */
@NullMarked
package io.kuber.controller.rootca;

import org.jspecify.annotations.NullMarked;
