package io.kuber.managed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.Items;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScaleOwnersTest {
  private static final String OWNERS =
      """
      entries: [
        {manager: a, operation: Apply, apiVersion: apps/v1, time: '2026-01-01T00:00:00Z',
          fieldsType: FieldsV1, fieldsV1: {'f:spec': {'f:replicas': {}, 'f:paused': {}}}},
        {manager: b, operation: Update, apiVersion: apps/v1, fieldsType: FieldsV1,
          fieldsV1: {'f:spec': {'f:paused': {}}}}]
      """;
  private static final String SCALED =
      """
      entries: [{manager: hpa, operation: Update, apiVersion: autoscaling/v1, subresource: scale,
        fieldsType: FieldsV1, fieldsV1: {'f:spec': {'f:replicas': {}}}}]
      """;

  private static Items entries(String yaml) {
    return Sample.flow(yaml).items("entries");
  }

  private static ScaleOwners owners(Items entries) {
    return new ScaleOwners(
        entries, "apps/v1", Map.of("apps/v1", new String[] {"spec", "replicas"}));
  }

  @Test
  void showsWhoOwnsTheCount() {
    assertThat(Sample.owners(owners(entries(OWNERS)).inScale()))
        .isEqualTo("a Apply autoscaling/v1: .spec.replicas\n");
  }

  @Test
  void changesNothingWhileTheCountStaysWithItsOwner() {
    ScaleOwners owners = owners(entries(OWNERS));

    assertThat(Sample.owners(owners.inWorkload(owners.inScale())))
        .isEqualTo(
            """
            a Apply apps/v1: .spec.paused .spec.replicas
            b Update apps/v1: .spec.paused
            """);
  }

  @Test
  void movesTheCountToWhoScaled() {
    Items scaled = owners(entries(OWNERS)).inWorkload(entries(SCALED));

    assertThat(Sample.owners(scaled))
        .isEqualTo(
            """
            a Apply apps/v1: .spec.paused
            b Update apps/v1: .spec.paused
            hpa Update apps/v1/scale: .spec.replicas
            """);
    assertThat(Sample.owners(owners(scaled).inScale()))
        .isEqualTo("hpa Update autoscaling/v1/scale: .spec.replicas\n");
  }
}
