package io.kuber.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.server.aggregate.ForeignApis;
import io.kuber.server.aggregate.ForeignVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups of other servers among our own. */
final class ForeignDiscoveryTest {
  private static ForeignVersion version(
      String group, String version, long priority, boolean stale) {
    Tree pods =
        Tree.of(
            "name",
            "things",
            "singularName",
            "thing",
            "namespaced",
            true,
            "kind",
            "Thing",
            "verbs",
            Items.of("get", "list"),
            "shortNames",
            Items.of("th"));
    Tree scale =
        Tree.of(
            "name",
            "things/scale",
            "group",
            "autoscaling",
            "version",
            "v1",
            "kind",
            "Scale",
            "verbs",
            Items.of("get"));
    return new ForeignVersion(group, version, priority, Items.of(pods, scale), "", stale);
  }

  private static Discovery discovery(Map<String, Long> ranks, ForeignVersion... versions) {
    return new Discovery(
        BuiltInKinds.catalogue().served(), new ForeignApis(List.of(versions), ranks));
  }

  private static List<String> groups(Discovery discovery) {
    Tree document = Json.parse(discovery.document(List.of("apis")).orElseThrow());
    return document.items("groups").trees().stream().map(group -> group.text("name")).toList();
  }

  private static Tree group(Discovery discovery, String name) {
    return Json.parse(discovery.aggregated("apis")).items("items").trees().stream()
        .filter(group -> group.text("metadata", "name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void ordersGroupsByWhatTheirRegistrationsAskFor() {
    List<String> groups =
        groups(
            discovery(
                Map.of("first.example.com", 17_790L, "last.example.com", 50L),
                version("last.example.com", "v1", 1, false),
                version("first.example.com", "v1", 1, false)));
    assertThat(groups)
        .startsWith("apiregistration.k8s.io", "apps", "first.example.com", "events.k8s.io")
        .containsSubsequence("metrics.k8s.io", "last.example.com", "extensions");
  }

  @Test
  void ordersVersionsByPriority() {
    Discovery discovery =
        discovery(
            Map.of(),
            version("shop.example.com", "v1", 10, false),
            version("shop.example.com", "v2alpha1", 20, false));
    Tree group = Json.parse(discovery.document(List.of("apis", "shop.example.com")).orElseThrow());
    assertThat(group.text("preferredVersion", "version")).isEqualTo("v2alpha1");
    assertThat(discovery.document(List.of("apis", "shop.example.com", "v1"))).isEmpty();
  }

  @Test
  void tellsTheLastThatWasHeardOfAServerThatIsGone() {
    Discovery discovery = discovery(Map.of(), version("shop.example.com", "v1", 10, true));
    Tree shown = group(discovery, "shop.example.com").items("versions").tree(0);
    assertThat(shown.text("freshness")).isEqualTo("Stale");
    Tree things = shown.items("resources").tree(0);
    assertThat(things)
        .isEqualTo(
            Tree.builder()
                .put("resource", "things")
                .put(
                    "responseKind",
                    Tree.of("group", "shop.example.com", "version", "v1", "kind", "Thing"))
                .put("scope", "Namespaced")
                .put("singularResource", "thing")
                .put("verbs", Items.of("get", "list"))
                .put("shortNames", Items.of("th"))
                .put(
                    "subresources",
                    Items.of(
                        Tree.of(
                            "subresource",
                            "scale",
                            "responseKind",
                            Tree.of("group", "autoscaling", "version", "v1", "kind", "Scale"),
                            "verbs",
                            Items.of("get"))))
                .build());
    assertThat(group(discovery, "apps").items("versions").tree(0).text("freshness"))
        .isEqualTo("Current");
  }

  @Test
  void showsAnotherServerInThePlaceOfOurs() {
    Discovery discovery = discovery(Map.of(), version("metrics.k8s.io", "v1beta1", 100, false));
    Tree group = group(discovery, "metrics.k8s.io");
    assertThat(group.items("versions").size()).isEqualTo(1);
    assertThat(group.items("versions").tree(0).items("resources").tree(0).text("resource"))
        .isEqualTo("things");
    assertThat(discovery.document(List.of("apis", "metrics.k8s.io", "v1beta1"))).isEmpty();
  }
}
