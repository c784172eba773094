package io.kuber.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a static field, or a static method without parameters, of a class with {@link KuberTest}: what
 * its cluster is like, where the words of that annotation do not suffice. Its type is {@link
 * io.kuber.testkit.TestClusterOptions}. What {@code @KuberTest} says of the cluster itself is left
 * out then, so that no two places tell of the same thing.
 *
 * <pre>{@code
 * @KuberTest
 * class ShopTest {
 *   @ClusterOptions
 *   static final TestClusterOptions OPTIONS =
 *       TestClusterOptions.DEFAULT.withNodes(NodeSettings.of(3).inZones("a", "b", "c"));
 * }
 * }</pre>
 */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface ClusterOptions {}
