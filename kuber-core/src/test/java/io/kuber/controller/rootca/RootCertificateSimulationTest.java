package io.kuber.controller.rootca;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.controller.namespace.NamespaceController;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.controller.simulation.Teams;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every namespace comes to the certificate, whatever people do to it and whatever goes wrong. */
final class RootCertificateSimulationTest {
  private static final ResourceType MAPS = Resources.CONFIG_MAPS;
  private static final String NAME = "kube-root-ca.crt";
  private static final Tree DATA = Tree.of("ca.crt", "PEM");
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);

  private static final List<Consumer<Simulation>> DEEDS = deeds();

  private static List<Consumer<Simulation>> deeds() {
    List<Consumer<Simulation>> deeds = new ArrayList<>(Teams.DEEDS);
    deeds.add(change(map -> map.with("nonsense", "data", "ca.crt")));
    deeds.add(change(map -> map.with("more", "data", "other.crt")));
    deeds.add(change(map -> map.without("data")));
    deeds.add(change(map -> map.without("metadata", "annotations")));
    deeds.add(change(map -> map.with("mine", "metadata", "labels", "of")));
    deeds.add(RootCertificateSimulationTest::delete);
    return deeds;
  }

  /** Also of maps of that people made. */
  private static Consumer<Simulation> change(UnaryOperator<KubeObject> changed) {
    return cluster ->
        cluster
            .any(cluster.list(MAPS))
            .ifPresent(map -> cluster.people().update(MAPS, changed.apply(map)));
  }

  private static void delete(Simulation cluster) {
    cluster
        .any(cluster.list(MAPS))
        .ifPresent(
            map ->
                cluster
                    .people()
                    .delete(MAPS, map.namespace(), map.name(), DeleteOptions.ofUid(map.uid())));
  }

  @Test
  void putsTheCertificateIntoEveryNamespace() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(
                      () -> new RootCertificateController("PEM"),
                      () -> new NamespaceController(Simulation::types));
          cluster.create(MAPS, "{metadata: {name: other}, data: {ca.crt: mine}}");
          Map<String, String> labels = new HashMap<>();
          cluster.always("keeps what people added", step -> keeps(step, labels));
          cluster.during(TROUBLE, 24, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  /** What a controller writes is the one map, as it should be, with the labels that it had. */
  private static void keeps(Step step, Map<String, String> labels) {
    if (!step.isOf(MAPS) || step.delta().deleted()) {
      return;
    }
    KubeObject map = step.delta().after().object();
    String label = map.labels().getOrDefault("of", "");
    if (step.byController()) {
      assertThat(map.name()).isEqualTo(NAME);
      assertThat(map.tree().tree("data")).isEqualTo(DATA);
      assertThat(label).isEqualTo(labels.getOrDefault(map.uid(), ""));
    }
    labels.put(map.uid(), label);
  }

  private static void check(Simulation cluster) {
    List<KubeObject> published =
        cluster.list(MAPS).stream().filter(map -> map.name().equals(NAME)).toList();
    assertThat(published)
        .extracting(KubeObject::namespace)
        .containsExactlyInAnyOrderElementsOf(Teams.living(cluster));
    assertThat(published)
        .allSatisfy(
            map -> {
              assertThat(map.tree().tree("data")).isEqualTo(DATA);
              assertThat(map.annotations()).containsKey("kubernetes.io/description");
            });
  }
}
