package io.kuber.server.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.server.format.Format.Encoding;
import io.kuber.server.format.Format.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|JSON|OBJECT",
        "*/*|JSON|OBJECT",
        "application/json|JSON|OBJECT",
        "application/json;stream=watch|JSON|OBJECT",
        "application/yaml|YAML|OBJECT",
        "application/json;charset=utf-8;any=thing|JSON|OBJECT",
        "application/yaml;as=PartialObjectMetadata;g=meta.k8s.io;v=v1|YAML|PARTIAL",
        "application/json;as=Table;v=v1beta1;g=meta.k8s.io|JSON|TABLE",
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json|JSON|TABLE",
        "application/json;as=Table;v=v2;g=meta.k8s.io,application/json|JSON|OBJECT",
        "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1|JSON|PARTIAL",
        "application/vnd.kubernetes.protobuf,application/json|PROTOBUF|OBJECT",
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,"
            + "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1|PROTOBUF|PARTIAL",
        "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1,"
            + "application/json;as=Table;g=meta.k8s.io;v=v1|JSON|TABLE",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8|JSON|OBJECT",
        "application/json;q=0.5,application/yaml|YAML|OBJECT",
        "application/yaml;q=0,application/json;q=0.1|JSON|OBJECT",
      })
  void picksTheFirstWishThatCanBeFulfilled(String accept, Encoding encoding, Shape shape) {
    Format format = Format.negotiate(accept, true);
    assertThat(format.encoding()).isEqualTo(encoding);
    assertThat(format.shape()).isEqualTo(shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/cbor", "application/json;q=0"})
  void refusesWhatNothingFulfils(String accept) {
    assertThatThrownBy(() -> Format.negotiate(accept, true))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.reason()).isEqualTo(StatusReason.NOT_ACCEPTABLE))
        .hasMessage(
            "only the following media types are accepted: application/json, application/yaml,"
                + " application/vnd.kubernetes.protobuf");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|JSON",
        "application/yaml|YAML",
        "application/vnd.kubernetes.protobuf|PROTOBUF",
        "application/vnd.kubernetes.protobuf,application/json|PROTOBUF",
        "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1|JSON",
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/yaml|YAML",
        "text/plain|JSON",
      })
  void findsAnEncodingForEveryFailure(String accept, Encoding encoding) {
    assertThat(Format.ofFailure(accept)).isEqualTo(encoding);
  }

  @Test
  void showsOnlyTheMetadataOfCustomResourcesAsProtobuf() {
    String protobuf = "application/vnd.kubernetes.protobuf";
    String partial = protobuf + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    assertThat(Format.negotiate(partial, false).encoding()).isEqualTo(Encoding.PROTOBUF);
    assertThat(Format.negotiate(protobuf + ",application/json", false).encoding())
        .isEqualTo(Encoding.JSON);
    assertThatThrownBy(() -> Format.negotiate(protobuf, false))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(406));
    assertThatThrownBy(() -> Format.ofStream(protobuf, false)).isInstanceOf(ApiException.class);
  }

  @Test
  void streamsNoYaml() {
    assertThat(Format.ofStream("application/yaml,application/json", true).encoding())
        .isEqualTo(Encoding.JSON);
    assertThatThrownBy(() -> Format.ofStream("application/yaml", true))
        .isInstanceOf(ApiException.class);
  }
}
