package io.kuber.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LocalStore store = new LocalStore();

  @BeforeEach
  void limit() {
    stored(
        Resources.RESOURCE_QUOTAS,
        "{metadata: {name: q, namespace: a}, spec: {hard: {pods: 3, cpu: 2, services: 5}},"
            + " status: {used: {pods: 9, services: 4}}}");
    stored(Resources.PODS, pod("there", "500m"));
  }

  private static KubeObject yaml(String text) {
    return KubeObject.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String pod(String name, String cpu) {
    return """
        metadata: {name: %s, namespace: a}
        spec: {containers: [{name: c, resources: {requests: {cpu: %s}}}]}"""
        .formatted(name, cpu);
  }

  private void stored(ResourceType type, String text) {
    KubeObject object = yaml(text);
    store.submit(new Command.Put(type.keyOf(object), Command.ABSENT, Json.print(object.tree())));
  }

  private Ledger ledger() {
    return new Ledger(store.image(), "a", NOW);
  }

  @Test
  void chargesOneAfterTheOtherUntilNothingIsLeft() {
    Ledger ledger = ledger();
    assertThat(ledger.charge(Resources.PODS, null, yaml(pod("b", "1")))).isEmpty();
    assertThat(ledger.charge(Resources.PODS, null, yaml(pod("c", "1"))))
        .contains("exceeded quota: q, requested: cpu=1, used: cpu=1500m, limited: cpu=2");
    assertThat(ledger.charge(Resources.PODS, null, yaml(pod("d", "500m")))).isEmpty();
    assertThat(ledger.charge(Resources.PODS, null, yaml(pod("e", "0"))))
        .contains("exceeded quota: q, requested: pods=1, used: pods=3, limited: pods=3");
  }

  @Test
  void writesDownWhatIsUsedThen() {
    Ledger ledger = ledger();
    assertThat(ledger.statuses()).isEmpty();
    ledger.charge(Resources.PODS, null, yaml(pod("b", "1")));
    assertThat(ledger.statuses())
        .singleElement()
        .satisfies(
            status ->
                assertThat(status.after().status().tree("used"))
                    .isEqualTo(Tree.of("cpu", "1500m", "pods", "2", "services", "4")));
  }

  @Test
  void chargesOfAChangeWhatItUsesMore() {
    KubeObject before = yaml(pod("there", "500m"));
    Ledger ledger = ledger();
    assertThat(ledger.charge(Resources.PODS, before, yaml(pod("there", "2")))).isEmpty();
    assertThat(ledger().charge(Resources.PODS, before, yaml(pod("there", "2100m"))))
        .contains("exceeded quota: q, requested: cpu=1600m, used: cpu=500m, limited: cpu=2");
  }

  @Test
  void concernsOnlyWhatUsesMoreOfWhatIsLimited() {
    KubeObject there = yaml(pod("there", "500m"));
    assertThat(ledger().limits(Resources.PODS, null, there)).isTrue();
    assertThat(ledger().limits(Resources.PODS, there, yaml(pod("there", "400m")))).isFalse();
    assertThat(ledger().limits(Resources.CONFIG_MAPS, null, there)).isFalse();
    assertThat(new Ledger(store.image(), "b", NOW).limits(Resources.PODS, null, there)).isFalse();
  }

  @Test
  void wantsToKnowOfNewPodsHowMuch() {
    KubeObject silent = yaml("{metadata: {name: p}, spec: {containers: [{name: c}]}}");
    assertThat(ledger().charge(Resources.PODS, null, silent))
        .contains("failed quota: q: must specify cpu for: c");
    assertThat(ledger().charge(Resources.PODS, silent, silent)).isEmpty();
  }
}
