package io.kuber.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.Progress;
import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The operator at work over TLS, on a cluster whose one node is simulated. */
@TestInstance(Lifecycle.PER_CLASS)
final class OperatorTest {
  /** Beyond what a loaded machine takes; the tests wait for events, never so long. */
  private static final long PATIENCE_SECONDS = 60;

  private static final String NAMESPACE = "default";
  private static final String LEASE = "site-operator";

  private Cluster cluster;
  private KubernetesClient client;
  private Operator operator;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    cluster =
        Cluster.start(
            new ClusterOptions(directory, 0, "unused"), new SimulatedHalf(1), Progress.SILENT);
    client = connect();
    client.resource(Site.DEFINITION).create();
    await(
        client.apiextensions().v1().customResourceDefinitions().withName("sites.kuber.example"),
        definition ->
            definition.getStatus().getConditions().stream()
                .anyMatch(
                    it -> it.getType().equals("Established") && it.getStatus().equals("True")));
    operator =
        new Operator(
            settings ->
                settings
                    .withKubernetesClient(connect())
                    .withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                            .withLeaseNamespace(NAMESPACE)
                            .withIdentity("the-one")
                            .buildForTest(false)));
    operator.register(new SiteReconciler());
    operator.start();
  }

  @AfterAll
  void stop() {
    operator.stop();
    client.close();
    cluster.close();
  }

  private KubernetesClient connect() {
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    config.setRequestTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static <T> T await(Resource<T> resource, Predicate<T> condition) {
    return resource.waitUntilCondition(
        it -> it != null && condition.test(it), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void awaitGone(Resource<?> resource) {
    resource.waitUntilCondition(Objects::isNull, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Resource<Site> site(String name) {
    return client.resources(Site.class).inNamespace(NAMESPACE).withName(name);
  }

  private Resource<Deployment> deployment(String name) {
    return client.apps().deployments().inNamespace(NAMESPACE).withName(name);
  }

  private void create(String name, int replicas) {
    Site site = Site.named(NAMESPACE, name);
    site.setSpec(new Site.Spec(replicas));
    client.resource(site).create();
  }

  private static Predicate<Site> reports(int ready, String text) {
    return site -> Objects.equals(site.getStatus(), new Site.Status(ready, text));
  }

  private static @Nullable String shown(Deployment deployment) {
    return deployment
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations()
        .get(SiteDeployment.TEXT);
  }

  @Test
  void worksOnlyWhileItHoldsTheLease() {
    create("led", 0);
    await(site("led"), made -> !made.getMetadata().getFinalizers().isEmpty());
    assertThat(client.leases().inNamespace(NAMESPACE).withName(LEASE).get().getSpec())
        .satisfies(lease -> assertThat(lease.getHolderIdentity()).isEqualTo("the-one"));
  }

  @Test
  void makesADeploymentAndReportsItsPods() {
    create("made", 2);
    Site made = await(site("made"), reports(2, ""));
    assertThat(made.getMetadata().getFinalizers()).containsExactly("sites.kuber.example/finalizer");
    Deployment deployment = deployment("made").get();
    assertThat(deployment.getMetadata().getOwnerReferences())
        .extracting(owner -> owner.getKind() + " " + owner.getUid())
        .containsExactly("Site " + made.getMetadata().getUid());
    assertThat(made.getMetadata().getGeneration()).isEqualTo(1);
  }

  @Test
  void followsTheSpecAndMendsWhatOthersChange() {
    create("changed", 1);
    await(site("changed"), reports(1, ""));
    site("changed")
        .edit(
            site -> {
              site.setSpec(new Site.Spec(3));
              return site;
            });
    Site changed = await(site("changed"), reports(3, ""));
    assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    deployment("changed").scale(1);
    await(deployment("changed"), it -> it.getSpec().getReplicas() == 3);
    deployment("changed").delete();
    await(
        deployment("changed"),
        it -> it.getStatus() != null && Objects.equals(it.getStatus().getReadyReplicas(), 3));
  }

  @Test
  void hearsOfConfigMapsThatSitesSpeakOf() {
    create("told", 1);
    await(site("told"), reports(1, ""));
    ConfigMap text =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("text-of-told")
            .withNamespace(NAMESPACE)
            .addToLabels(SiteReconciler.OWNER, "told")
            .endMetadata()
            .addToData("text", "welcome")
            .build();
    client.resource(text).create();
    await(site("told"), reports(1, "welcome"));
    await(deployment("told"), it -> Objects.equals(shown(it), "welcome"));
  }

  @Test
  void cleansUpBeforeASiteGoes() {
    create("leaving", 1);
    Site leaving = await(site("leaving"), reports(1, ""));
    site("leaving").delete();
    awaitGone(site("leaving"));
    ConfigMap farewell =
        client.configMaps().inNamespace(NAMESPACE).withName(SiteReconciler.farewell(leaving)).get();
    assertThat(farewell.getData()).containsEntry("replicas", "1");
    awaitGone(deployment("leaving"));
  }
}
