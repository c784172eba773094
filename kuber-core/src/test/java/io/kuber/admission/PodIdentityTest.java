package io.kuber.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.controller.ControlPlane;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pod has of its service account. */
final class PodIdentityTest {
  private static final String POD =
      "{metadata: {name: p}, spec: {%s initContainers: [{name: i, image: i}], containers: [{name:"
          + " a, image: i}, {name: b, image: i, volumeMounts: [{name: own, mountPath:"
          + " /var/run/secrets/kubernetes.io/serviceaccount}]}], volumes: [{name: own}]}}";

  private final ControlPlane plane = new ControlPlane();

  private void account(String name, String further) {
    plane.create(Resources.SERVICE_ACCOUNTS, "{metadata: {name: %s}, %s}".formatted(name, further));
  }

  private KubeObject pod(String further) {
    return plane.create(Resources.PODS, POD.formatted(further));
  }

  private static List<String> mounts(KubeObject pod, String list, int index) {
    return pod.spec().items(list).tree(index).items("volumeMounts").trees().stream()
        .map(mount -> mount.text("name"))
        .toList();
  }

  @Test
  void showsItsTokenToContainersThatHaveNothingInThatPlace() {
    account("robot", "");
    KubeObject pod = pod("serviceAccountName: robot,");
    Tree volume = pod.spec().items("volumes").tree(1);
    String name = volume.text("name");
    assertThat(name).matches("kube-api-access-[a-z0-9]{5}");
    assertThat(volume.items("projected", "sources").trees())
        .extracting(source -> source.nameAt(0))
        .containsExactly("serviceAccountToken", "configMap", "downwardAPI");
    assertThat(mounts(pod, "initContainers", 0)).containsExactly(name);
    assertThat(mounts(pod, "containers", 0)).containsExactly(name);
    assertThat(mounts(pod, "containers", 1)).containsExactly("own");
  }

  @ParameterizedTest
  @CsvSource({
    "'automountServiceAccountToken: false', '', false",
    "'automountServiceAccountToken: false', 'automountServiceAccountToken: true,', true",
    "'', 'automountServiceAccountToken: false,', false",
    "'', '', true",
  })
  void asksThePodBeforeTheAccountWhetherItWantsTheToken(
      String ofAccount, String ofPod, boolean isMounted) {
    account("default", ofAccount);
    assertThat(pod(ofPod).spec().items("volumes").size()).isEqualTo(isMounted ? 2 : 1);
  }

  @Test
  void pullsImagesWithTheSecretsOfItsAccountUnlessItHasOwnOnes() {
    account("default", "imagePullSecrets: [{name: shared}]");
    assertThat(pod("").spec().items("imagePullSecrets").tree(0).text("name")).isEqualTo("shared");
    KubeObject other =
        plane.create(
            Resources.PODS,
            POD.replace("name: p}", "name: q}").formatted("imagePullSecrets: [{name: own}],"));
    assertThat(other.spec().items("imagePullSecrets").trees())
        .extracting(secret -> secret.text("name"))
        .containsExactly("own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "volumes: [{name: v, secret: {secretName: mine}}]|",
        "volumes: [{name: v, secret: {secretName: other}}]|volume with secret.secretName=\"other\" is"
            + " not allowed because service account strict does not reference that secret",
        "imagePullSecrets: [{name: other}]|imagePullSecret \"other\" is not allowed because service"
            + " account strict does not reference that imagePullSecret",
        "initContainers: [{name: b, image: i, envFrom: [{secretRef: {name: other}}]}]|container b"
            + " envVar referencing secret.secretName=\"other\" is not allowed because service account"
            + " strict does not reference that secret",
      })
  void letsPodsOfStrictAccountsUseTheirSecretsAlone(String fields, @Nullable String said) {
    plane.create(
        Resources.SERVICE_ACCOUNTS,
        "{metadata: {name: strict, annotations: {kubernetes.io/enforce-mountable-secrets: 'true'}},"
            + " secrets: [{name: mine}]}");
    String pod =
        "{metadata: {name: p}, spec: {serviceAccountName: strict, containers: [{name: a, image: i}],"
            + " %s}}";
    if (said == null) {
      assertThat(plane.create(Resources.PODS, pod.formatted(fields)).name()).isEqualTo("p");
    } else {
      assertThatThrownBy(() -> plane.create(Resources.PODS, pod.formatted(fields)))
          .hasMessageEndingWith("pods \"p\" is forbidden: " + said);
    }
  }

  @Test
  void givesMirrorsOfANodesOwnPodsNoIdentity() {
    account("default", "");
    KubeObject pod =
        plane.create(
            Resources.PODS,
            "{metadata: {name: p, annotations: {kubernetes.io/config.mirror: m}}, spec: {nodeName: node-1,"
                + " containers: [{name: a, image: i}]}}");
    assertThat(pod.spec().text("serviceAccountName")).isEmpty();
    assertThat(pod.spec().items("volumes")).isEmpty();
  }

  @Test
  void givesPodsTheTokenOfAnAccountThatIsStillToCome() {
    assertThat(pod("").spec().items("volumes").size()).isEqualTo(1);
    plane.create(Resources.NAMESPACES, "{metadata: {name: kube-system}}");
    plane.create(Resources.SERVICE_ACCOUNTS, "{metadata: {name: default, namespace: kube-system}}");
    KubeObject early =
        plane.create(Resources.PODS, POD.replace("{name: p}", "{name: early}").formatted(""));
    assertThat(early.spec().text("serviceAccountName")).isEqualTo("default");
    assertThat(early.spec().items("volumes").tree(1).text("name")).startsWith("kube-api-access-");
    assertThat(mounts(early, "containers", 0)).hasSize(1);
    String own = "automountServiceAccountToken: false,";
    KubeObject without =
        plane.create(Resources.PODS, POD.replace("{name: p}", "{name: q}").formatted(own));
    assertThat(without.spec().items("volumes").size()).isEqualTo(1);
  }

  @Test
  void refusesPodsOfAccountsThatAreNotThere() {
    assertThatThrownBy(() -> pod("serviceAccountName: nobody,"))
        .hasMessageContaining("serviceaccount \"nobody\" not found");
  }
}
