/**
 * AssertJ in the words of Kubernetes: {@code assertThat(cluster).deployment("web")
 * .hasReadyReplicas(3)}.
 *
 * <p>Outside the flow: looks at the image of a cluster and at its history, and never writes. Start
 * at {@link io.kuber.testkit.assertj.KuberAssertions}. A check is a question to an object that
 * answers with what is wrong; {@code PatientAssert} asks it once, or {@code eventually} until
 * nothing is wrong, and {@code Report} tells people what was there instead.
 *
 * <p>Owner thread: that of the test.
 *
 * <p><b>Invariant:</b> only this package knows AssertJ, which is on the class path of those who use
 * it.
 */
@NullMarked
package io.kuber.testkit.assertj;

import org.jspecify.annotations.NullMarked;
