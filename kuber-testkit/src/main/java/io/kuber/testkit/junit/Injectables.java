package io.kuber.testkit.junit;

import io.kuber.client.Client;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.fabric8.Fabric8;
import io.kuber.testkit.junit.Injectable.Handout;
import io.kuber.testkit.official.OfficialClient;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What tests may have as parameters: one list. */
final class Injectables {
  private static final List<Injectable> ALL =
      List.of(
          Injectable.ofType(TestCluster.class.getName(), Handout::lasting),
          Injectable.ofType(Client.class.getName(), cluster -> Handout.lasting(cluster.client())),
          Injectable.ofType("io.fabric8.kubernetes.client.KubernetesClient", Injectables::fabric8),
          Injectable.ofType("io.kubernetes.client.openapi.ApiClient", Injectables::official),
          new Injectable(
              "kubeconfig",
              Injectables::isKubeconfig,
              cluster -> Handout.lasting(cluster.kubeconfig())));

  private Injectables() {}

  /** What the parameter asks for; empty when that is somebody else's matter. */
  static Optional<Injectable> forParameter(Parameter parameter) {
    return ALL.stream().filter(each -> each.fits().test(parameter)).findFirst();
  }

  private static Handout fabric8(TestCluster cluster) {
    AutoCloseable client = Fabric8.client(cluster.server());
    return new Handout(client, client);
  }

  private static Handout official(TestCluster cluster) throws Exception {
    OfficialClient client = OfficialClient.of(cluster.kubeconfig());
    return new Handout(client.client(), client);
  }

  private static boolean isKubeconfig(Parameter parameter) {
    return parameter.isAnnotationPresent(Kubeconfig.class) && parameter.getType() == Path.class;
  }
}
