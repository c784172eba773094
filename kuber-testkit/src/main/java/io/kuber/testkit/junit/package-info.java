/**
 * Clusters as JUnit hands them to tests.
 *
 * <p>Outside the flow: JUnit calls {@link io.kuber.testkit.junit.KuberExtension}, which keeps a
 * {@code ClassScope} for each test class and a {@code MethodScope} for each test method, and gives
 * parameters what {@code Injectables} lists. Start at {@link io.kuber.testkit.junit.KuberTest}.
 *
 * <p>Owner threads: a scope belongs to the thread that runs its test; only a class scope may be
 * asked by several at once, when methods run beside each other.
 *
 * <p><b>Invariants:</b> what was started for a scope is closed with it; a library that a parameter
 * type comes from is touched only when a test has such a parameter.
 */
@NullMarked
package io.kuber.testkit.junit;

import org.jspecify.annotations.NullMarked;
