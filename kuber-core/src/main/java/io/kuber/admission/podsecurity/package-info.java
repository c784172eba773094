/**
 * Pod Security admission: which pods a namespace takes, by the standards {@code privileged}, {@code
 * baseline} and {@code restricted} (k8s.io/pod-security-admission).
 *
 * <p>One link of step 4 of the flow, {@link io.kuber.admission.podsecurity.PodSecurity}. What a
 * standard forbids is a table, {@code Checks}; each check is a pure function of a pod. No owner
 * thread: nothing here has state.
 *
 * <p><b>Invariants:</b> a standard forbids the same pods for as long as its version stands; a
 * namespace whose labels cannot be read is as strict as can be.
 */
@NullMarked
package io.kuber.admission.podsecurity;

import org.jspecify.annotations.NullMarked;
