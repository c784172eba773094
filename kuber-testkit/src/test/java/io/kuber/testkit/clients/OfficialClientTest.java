package io.kuber.testkit.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.reflect.TypeToken;
import io.kuber.boot.Cluster;
import io.kuber.boot.ClusterOptions;
import io.kuber.boot.Progress;
import io.kubernetes.client.ProtoClient;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The official Java client, in JSON and in protobuf; every test has a namespace of its own. */
@TestInstance(Lifecycle.PER_CLASS)
final class OfficialClientTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private Cluster cluster;
  private ApiClient client;
  private CoreV1Api core;
  private String namespace = "";

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    cluster =
        Cluster.start(
            new ClusterOptions(directory, 0, "unused"), new MachineHalf(), Progress.SILENT);
    client = Config.fromConfig(cluster.kubeconfig().toString());
    client.setReadTimeout(0);
    core = new CoreV1Api(client);
  }

  @AfterAll
  void stop() {
    client.getHttpClient().dispatcher().executorService().shutdown();
    client.getHttpClient().connectionPool().evictAll();
    cluster.close();
  }

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = "official-" + NAMESPACES.incrementAndGet();
    core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(namespace))).execute();
  }

  private static V1ConfigMap map(String name, String value) {
    return new V1ConfigMap().metadata(new V1ObjectMeta().name(name)).putDataItem("key", value);
  }

  @Test
  void createsReadsReplacesAndDeletes() throws Exception {
    V1ConfigMap created = core.createNamespacedConfigMap(namespace, map("it", "one")).execute();
    assertThat(created.getMetadata().getUid()).isNotEmpty();
    core.replaceNamespacedConfigMap("it", namespace, created.putDataItem("key", "two")).execute();
    assertThat(core.readNamespacedConfigMap("it", namespace).execute().getData())
        .containsEntry("key", "two");
    core.deleteNamespacedConfigMap("it", namespace).execute();
    assertThatThrownBy(() -> core.readNamespacedConfigMap("it", namespace).execute())
        .isInstanceOfSatisfying(
            ApiException.class,
            failure -> {
              assertThat(failure.getCode()).isEqualTo(404);
              assertThat(failure.getResponseBody()).contains("configmaps \\\"it\\\" not found");
            });
  }

  @Test
  void patches() throws Exception {
    core.createNamespacedConfigMap(namespace, map("it", "one")).execute();
    V1ConfigMap patched =
        PatchUtils.patch(
            V1ConfigMap.class,
            () ->
                core.patchNamespacedConfigMap(
                        "it", namespace, new V1Patch("{\"data\":{\"more\":\"yes\"}}"))
                    .buildCall(null),
            V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
            client);
    assertThat(patched.getData()).isEqualTo(Map.of("key", "one", "more", "yes"));
  }

  @Test
  void watches() throws Exception {
    try (Watch<V1ConfigMap> watch =
        Watch.createWatch(
            client,
            core.listNamespacedConfigMap(namespace)
                .fieldSelector("metadata.name=it")
                .watch(true)
                .buildCall(null),
            new TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
      core.createNamespacedConfigMap(namespace, map("it", "one")).execute();
      Watch.Response<V1ConfigMap> event = watch.next();
      assertThat(event.type).isEqualTo("ADDED");
      assertThat(event.object.getData()).containsEntry("key", "one");
    }
  }

  @Test
  void keepsAnInformerUpToDate() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    SharedInformerFactory factory = new SharedInformerFactory(client);
    SharedIndexInformer<V1ConfigMap> informer =
        factory.sharedIndexInformerFor(
            (CallGeneratorParams params) ->
                core.listNamespacedConfigMap(namespace)
                    .fieldSelector("metadata.name=it")
                    .resourceVersion(params.resourceVersion)
                    .timeoutSeconds(params.timeoutSeconds)
                    .watch(params.watch)
                    .buildCall(null),
            V1ConfigMap.class,
            V1ConfigMapList.class);
    informer.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(V1ConfigMap map) {
            seen.add("added " + map.getData());
          }

          @Override
          public void onUpdate(V1ConfigMap before, V1ConfigMap after) {
            seen.add("updated " + after.getData());
          }

          @Override
          public void onDelete(V1ConfigMap map, boolean isStateUnknown) {
            seen.add("deleted " + map.getData());
          }
        });
    factory.startAllRegisteredInformers();
    try {
      core.createNamespacedConfigMap(namespace, map("it", "one")).execute();
      assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("added {key=one}");
      core.replaceNamespacedConfigMap("it", namespace, map("it", "two")).execute();
      assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("updated {key=two}");
      core.deleteNamespacedConfigMap("it", namespace).execute();
      assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("deleted {key=two}");
    } finally {
      factory.stopAllRegisteredInformers();
    }
  }

  @Test
  void createsADeployment() throws Exception {
    Map<String, String> labels = Map.of("app", "web");
    V1PodSpec pod =
        new V1PodSpec().addContainersItem(new V1Container().name("main").image("kuber.io/host"));
    V1Deployment deployment =
        new V1Deployment()
            .metadata(new V1ObjectMeta().name("web"))
            .spec(
                new V1DeploymentSpec()
                    .selector(new V1LabelSelector().matchLabels(labels))
                    .template(
                        new V1PodTemplateSpec()
                            .metadata(new V1ObjectMeta().labels(labels))
                            .spec(pod)));
    AppsV1Api apps = new AppsV1Api(client);
    V1Deployment created = apps.createNamespacedDeployment(namespace, deployment).execute();
    assertThat(created.getSpec().getReplicas()).isEqualTo(1);
    assertThat(created.getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
    assertThat(apps.listNamespacedDeployment(namespace).execute().getItems()).hasSize(1);
  }

  @Test
  void speaksProtobuf() throws Exception {
    ProtoClient proto = new ProtoClient(client);
    String maps = "/api/v1/namespaces/" + namespace + "/configmaps";
    V1.ConfigMap map =
        V1.ConfigMap.newBuilder()
            .setMetadata(Meta.ObjectMeta.newBuilder().setName("it").setNamespace(namespace))
            .putData("key", "one")
            .build();
    ProtoClient.ObjectOrStatus<V1.ConfigMap> created = proto.create(map, maps, "v1", "ConfigMap");
    assertThat(created.status).isNull();
    assertThat(created.object.getMetadata().getUid()).isNotEmpty();
    ProtoClient.ObjectOrStatus<V1.ConfigMap> read =
        proto.get(V1.ConfigMap.newBuilder(), maps + "/it");
    assertThat(read.object.getDataMap()).containsEntry("key", "one");
    ProtoClient.ObjectOrStatus<V1.ConfigMapList> list =
        proto.list(V1.ConfigMapList.newBuilder(), maps);
    assertThat(list.object.getItemsList())
        .extracting(item -> item.getMetadata().getName())
        .contains("it");
    ProtoClient.ObjectOrStatus<V1.ConfigMap> gone =
        proto.get(V1.ConfigMap.newBuilder(), maps + "/nobody");
    assertThat(gone.status.getReason()).isEqualTo("NotFound");
  }
}
