package io.kuber.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemasTest {
  private final Schemas schemas = Schemas.builtIn();

  private TypeSchema kind(String apiVersion, String kind) {
    return schemas.of(apiVersion, kind).orElseThrow();
  }

  private TypeSchema type(String name) {
    return schemas.named(name).orElseThrow();
  }

  private static Field field(TypeSchema type, String name) {
    return Objects.requireNonNull(type.field(name), () -> type + "." + name);
  }

  @ParameterizedTest
  @CsvSource({
    "v1, Pod",
    "v1, List",
    "v1, Status",
    "apps/v1, Deployment",
    "apps/v1, DeploymentList",
    "apps/v1, DeleteOptions",
    "batch/v1, CronJob",
    "batch/v1beta1, CronJob",
    "extensions/v1beta1, Deployment",
    "extensions/v1beta1, Ingress",
    "apps/v1beta1, StatefulSet",
    "apps/v1beta2, DaemonSet",
    "networking.k8s.io/v1, Ingress",
    "networking.k8s.io/v1beta1, Ingress",
    "policy/v1, PodDisruptionBudget",
    "policy/v1beta1, PodDisruptionBudget",
    "rbac.authorization.k8s.io/v1, ClusterRole",
    "rbac.authorization.k8s.io/v1beta1, RoleBinding",
    "autoscaling/v1, Scale",
    "autoscaling/v2, HorizontalPodAutoscaler",
    "autoscaling/v2beta2, HorizontalPodAutoscaler",
    "storage.k8s.io/v1, StorageClass",
    "coordination.k8s.io/v1, Lease",
    "discovery.k8s.io/v1, EndpointSlice",
    "events.k8s.io/v1, Event",
    "apiextensions.k8s.io/v1, CustomResourceDefinition",
    "apiextensions.k8s.io/v1beta1, CustomResourceDefinition",
    "apiregistration.k8s.io/v1, APIService",
    "admissionregistration.k8s.io/v1, ValidatingWebhookConfiguration",
    "flowcontrol.apiserver.k8s.io/v1, FlowSchema",
    "metrics.k8s.io/v1beta1, PodMetrics",
    "authentication.k8s.io/v1, TokenReview",
    "certificates.k8s.io/v1, CertificateSigningRequest",
    "meta.k8s.io/v1, PartialObjectMetadata"
  })
  void knowsTheKindsThatClientsUse(String apiVersion, String kind) {
    TypeSchema type = kind(apiVersion, kind);

    assertThat(type.simpleName()).isEqualTo(kind);
    assertThat(type.isKind()).isTrue();
    assertThat(field(type, "apiVersion").shape()).isEqualTo(Scalar.TEXT);
    assertThat(field(type, "kind").shape()).isEqualTo(Scalar.TEXT);
  }

  @Test
  void readsEveryTypeOfTheResource() {
    Blocks types = Blocks.read("types");

    assertThat(types.index()).hasSizeGreaterThan(900);
    for (String name : types.index().keySet()) {
      for (Field field : type(name).numberedFields()) {
        assertThat(field.name()).as(name).isNotEmpty();
      }
    }
  }

  @Test
  void doesNotKnowMadeUpKinds() {
    assertThat(schemas.of("apps/v1", "Deploiment")).isEmpty();
    assertThat(schemas.of("apps/v2", "Deployment")).isEmpty();
  }

  @Test
  void namesDefinitionsAsOpenApiDoes() {
    assertThat(kind("apps/v1", "Deployment").name()).isEqualTo("io.k8s.api.apps.v1.Deployment");
    assertThat(kind("v1", "Status").name())
        .isEqualTo("io.k8s.apimachinery.pkg.apis.meta.v1.Status");
  }

  @Test
  void knowsShapesNumbersAndRequiredFields() {
    TypeSchema spec = type("io.k8s.api.apps.v1.DeploymentSpec");

    assertThat(field(spec, "replicas").shape()).isEqualTo(Scalar.INT32);
    assertThat(field(spec, "replicas").number()).isEqualTo(1);
    assertThat(field(spec, "replicas").facts().isRequired()).isFalse();
    assertThat(field(spec, "selector").facts().isRequired()).isTrue();
    assertThat(field(spec, "template").shape())
        .isSameAs(type("io.k8s.api.core.v1.PodTemplateSpec"));
  }

  @Test
  void knowsHowListsMerge() {
    TypeSchema container = type("io.k8s.api.core.v1.Container");
    Field ports = field(container, "ports");
    Listed list = (Listed) ports.shape();

    assertThat(list.type()).isEqualTo(ListType.MAP);
    assertThat(list.keys()).containsExactly("containerPort", "protocol");
    assertThat(ports.facts().mergeKey()).isEqualTo("containerPort");
    assertThat(ports.facts().patchStrategies()).containsExactly("merge");
    assertThat(ports.isAtomic()).isFalse();
    assertThat(field(container, "command").isAtomic()).isTrue();
  }

  @Test
  void knowsStrategiesEnumsAndDefaults() {
    TypeSchema spec = type("io.k8s.api.core.v1.PodSpec");
    TypeSchema port = type("io.k8s.api.core.v1.ContainerPort");

    assertThat(field(spec, "volumes").facts().patchStrategies())
        .containsExactly("merge", "retainKeys");
    assertThat(field(spec, "restartPolicy").facts().allowed())
        .containsExactly("Always", "OnFailure", "Never");
    assertThat(field(port, "protocol").facts().defaultValue()).contains("TCP");
    assertThat(field(spec, "nodeSelector").isAtomic()).isTrue();
    assertThat(type("io.k8s.api.core.v1.LocalObjectReference").isAtomic()).isTrue();
  }

  @Test
  void showsFieldsOfInlineTypesInTheirPlace() {
    TypeSchema volume = type("io.k8s.api.core.v1.Volume");

    assertThat(field(volume, "hostPath").number()).isEqualTo(1);
    assertThat(volume.field("volumeSource")).isNull();
    assertThat(volume.numberedFields()).extracting(Field::name).contains("volumeSource");
    assertThat(volume.fields()).extracting(Field::name).startsWith("name", "hostPath", "emptyDir");
  }

  @Test
  void knowsNamesThatDifferBetweenJsonAndProtobuf() {
    TypeSchema schema =
        type("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps");

    assertThat(field(schema, "x-kubernetes-preserve-unknown-fields").number()).isEqualTo(38);
    assertThat(field(schema, "$ref").number()).isEqualTo(3);
    assertThat(((Mapped) field(schema, "properties").shape()).value()).isSameAs(schema);
  }

  @Test
  void readsDescriptions() {
    Map<String, String> texts = type("io.k8s.api.core.v1.PodSpec").descriptions();

    assertThat(texts.get("")).isEqualTo("PodSpec is a description of a pod.");
    assertThat(texts.get("containers")).startsWith("List of containers belonging to the pod.");
  }

  @Test
  void givesOldVersionsTheDescriptionsOfTheirSuccessors() {
    Map<String, String> texts = type("io.k8s.api.extensions.v1beta1.DeploymentSpec").descriptions();

    assertThat(texts.get("paused")).isEqualTo("Indicates that the deployment is paused.");
  }

  @Test
  void growsByKindsOfCustomResources() {
    TypeSchema widget =
        TypeSchema.of(
            "io.example.v1.Widget",
            "example.io/v1",
            List.of(Field.of("size", Scalar.INT64, Facts.NONE)),
            false,
            Map.of("", "A widget."));

    Schemas grown = schemas.with("example.io/v1", "Widget", widget);

    assertThat(grown.of("example.io/v1", "Widget")).containsSame(widget);
    assertThat(grown.named("io.example.v1.Widget")).containsSame(widget);
    assertThat(grown.of("v1", "Pod")).isPresent();
    assertThat(schemas.of("example.io/v1", "Widget")).isEmpty();
    assertThat(grown.without("example.io/v1", "Widget").of("example.io/v1", "Widget")).isEmpty();
  }

  @Test
  void refusesToReplaceBuiltInKinds() {
    TypeSchema pod = kind("v1", "Pod");

    assertThatThrownBy(() -> schemas.with("v1", "Pod", pod))
        .hasMessage("v1 Pod is a built-in kind");
  }
}
