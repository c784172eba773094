package io.kuber.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a cluster of its own: a real API server, controllers and scheduler in the
 * process of the test, without Docker, root, a download, or a port.
 *
 * <pre>{@code
 * @KuberTest(nodes = 3)
 * class ShopTest {
 *   @Test
 *   void sells(KubernetesClient client) { ... }
 * }
 * }</pre>
 *
 * <p>Constructors, test and life cycle methods may have these parameters: {@link
 * io.kuber.testkit.TestCluster}; fabric8's {@code KubernetesClient}; kuber's own {@link
 * io.kuber.client.Client}; the official {@code ApiClient} and a {@code @Kubeconfig Path}, both of
 * which open a port of this machine alone. Clients are closed with the test that asked for them. A
 * nested class shares the cluster of its outer class, unless it has this annotation itself.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KuberExtension.class)
public @interface KuberTest {
  /** How many simulated nodes there are; without any, pods stay pending. */
  int nodes() default 0;

  /**
   * Which controllers run, told as to {@code kube-controller-manager --controllers}; see {@link
   * io.kuber.testkit.ControllerChoice}. All others are paused and can be led by hand.
   */
  String[] controllers() default "*";

  /** What happens to the cluster between two methods. */
  Between between() default Between.RESET;
}
