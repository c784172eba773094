package io.kuber.controller.rootca;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.controller.namespace.NamespaceController;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ConfigMap {@code kube-root-ca.crt}. */
final class RootCertificateControllerTest {
  private static final String NAME = "kube-root-ca.crt";
  private static final Tree DATA = Tree.of("ca.crt", "PEM");

  private final ControlPlane cluster =
      new ControlPlane(
          types -> List.of(new RootCertificateController("PEM"), new NamespaceController(types)));

  private KubeObject map() {
    return cluster.get(Resources.CONFIG_MAPS, NAME).orElseThrow();
  }

  @Test
  void putsTheCertificateIntoEveryNamespace() {
    cluster.create(Resources.NAMESPACES, "{metadata: {name: other}}");
    assertThat(cluster.list(Resources.CONFIG_MAPS))
        .extracting(KubeObject::namespace)
        .containsExactlyInAnyOrder("default", "other");
    assertThat(cluster.list(Resources.CONFIG_MAPS))
        .allSatisfy(
            map -> {
              assertThat(map.name()).isEqualTo(NAME);
              assertThat(map.tree().tree("data")).isEqualTo(DATA);
              assertThat(map.metadata().tree("annotations").text("kubernetes.io/description"))
                  .startsWith("Contains a CA bundle that can be used to verify the kube-apiserver");
            });
  }

  @Test
  void mendsWhatSomebodyChangedAndKeepsWhatTheyAdded() {
    KubeObject spoiled =
        map().with("nonsense", "data", "ca.crt").with("mine", "metadata", "labels", "of");
    cluster.update(Resources.CONFIG_MAPS, spoiled);
    assertThat(map().tree().tree("data")).isEqualTo(DATA);
    assertThat(map().metadata().text("labels", "of")).isEqualTo("mine");
  }

  @Test
  void makesItAnewWhenItIsDeleted() {
    String uid = map().uid();
    cluster.delete(Resources.CONFIG_MAPS, map(), "Background");
    assertThat(map().uid()).isNotEqualTo(uid);
  }

  @Test
  void leavesNothingInANamespaceThatGoes() {
    KubeObject other = cluster.create(Resources.NAMESPACES, "{metadata: {name: other}}");
    cluster.delete(Resources.NAMESPACES, other, "Background");
    assertThat(cluster.list(Resources.CONFIG_MAPS))
        .extracting(KubeObject::namespace)
        .containsExactly("default");
  }
}
