/**
 * Certificates of clients of a cluster under test, which begin and end on its clock.
 *
 * <p>Outside the flow, in front of step 2: they are issued here, and the gate judges them as it
 * judges those that come over the network. Start at {@link
 * io.kuber.testkit.certificate.Certificates}. No owner thread.
 */
@NullMarked
package io.kuber.testkit.certificate;

import org.jspecify.annotations.NullMarked;
