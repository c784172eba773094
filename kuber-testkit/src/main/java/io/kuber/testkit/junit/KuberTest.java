package io.kuber.testkit.junit;

import io.kuber.testkit.chaos.Faults;
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
 * <p>What goes beyond these words is said by {@link ClusterOptions}.
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
  /** The seed of those who name none. */
  long SEED = Faults.SEED;

  /** How many simulated nodes there are; without any, pods stay pending. */
  int nodes() default 0;

  /**
   * Files of stages in the life of pods, as resources beside the class; see {@link
   * io.kuber.testkit.node.stage.StageFile}.
   */
  String[] stages() default {};

  /** The seed from which faults are drawn, such as one that was told when a test failed. */
  long seed() default SEED;

  /**
   * Which controllers run, told as to {@code kube-controller-manager --controllers}; see {@link
   * io.kuber.testkit.ControllerChoice}. All others are paused and can be led by hand.
   */
  String[] controllers() default "*";

  /** What happens to the cluster between two methods. */
  Between between() default Between.RESET;
}
