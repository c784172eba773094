package io.kuber.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.TreeImage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DiffTest {
  private static final Key WEB = new Key("deployments.apps", "default", "web");
  private static final Key LEASE = new Key("leases.coordination.k8s.io", "kube-system", "one");
  private static final Key MAP = new Key("configmaps", "default", "map");
  private static final Key GONE = new Key("configmaps", "default", "gone");

  private final LocalStore store = new LocalStore();
  private final History history = new History();

  DiffTest() {
    history.observer().begin(store, () -> Instant.EPOCH);
  }

  private static Tree tree(String yaml) {
    return Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private long put(Key key, long expected, String kind, String fields) {
    Tree tree =
        tree(
            "{kind: %s, metadata: {name: %s, namespace: %s}, %s}"
                .formatted(kind, key.name(), key.namespace(), fields));
    store.submit(new Command.Put(key, expected, Json.print(tree)));
    return store.image().revision();
  }

  @Test
  void readsLikeAUnifiedDiffByPath() {
    long web =
        put(
            WEB,
            0,
            "Deployment",
            "spec: {replicas: 1, containers: [{name: a, image: x}, {name: b, image: old}]}");
    long gone = put(GONE, 0, "ConfigMap", "data: {}");
    long lease = put(LEASE, 0, "Lease", "spec: {renewTime: a}");
    TreeImage before = store.image();

    put(
        WEB,
        web,
        "Deployment",
        "spec: {replicas: 2, containers: [{name: b, image: new}, {name: a, image: x}], paused: true}");
    put(MAP, 0, "ConfigMap", "data: {}");
    store.submit(new Command.Delete(GONE, gone, Json.print(tree("{kind: ConfigMap}"))));
    put(LEASE, lease, "Lease", "spec: {renewTime: b}");

    assertThat(Diff.between(before, store.image()))
        .hasToString(
            """
            --- revision 3
            +++ revision 7
            - configmap default/gone
            + configmap default/map
              deployment default/web
            -   spec.replicas: 1
            +   spec.replicas: 2
            -   spec.containers[name=b].image: old
            +   spec.containers[name=b].image: new
            +   spec.paused: true
            """);
    assertThat(history.diff(3, 7)).isEqualTo(Diff.between(before, store.image()));
  }

  @Test
  void isEmptyWhereAnObjectCameAndWent() {
    long gone = put(GONE, 0, "ConfigMap", "data: {}");
    store.submit(new Command.Delete(GONE, gone, Json.print(tree("{kind: ConfigMap}"))));
    assertThat(history.diff(0, 2).isEmpty()).isTrue();
    assertThat(history.diff(1, 2).objects()).hasSize(1);
  }

  @Test
  void refusesWhatItCannotKnow() {
    long web = put(WEB, 0, "Deployment", "spec: {}");
    store.continueWith(TreeImage.EMPTY);
    put(WEB, 0, "Deployment", "spec: {}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> history.diff(web, store.image().revision()))
        .withMessage("the cluster was set back at revision 2; compare snapshots instead");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> history.diff(5, 4))
        .withMessage("revision 5 is behind revision 4");

    History late = new History();
    late.observer().begin(store, () -> Instant.EPOCH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> late.diff(1, 3))
        .withMessage(
            "the history has forgotten what happened up to revision 3; compare snapshots instead");
  }
}
