package io.kuber.controller.serviceaccounttoken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets that hold the token of a service account. */
final class AccountTokenControllerTest {
  private static final String SECRET =
      """
      metadata: {name: %s, annotations: {kubernetes.io/service-account.name: robot}}
      type: kubernetes.io/service-account-token
      """;

  private final ControlPlane cluster =
      new ControlPlane(new AccountTokenController(new PlainTokens(), "PEM"));

  @BeforeEach
  void begin() {
    cluster.create(Resources.SERVICE_ACCOUNTS, "{metadata: {name: robot}}");
  }

  private KubeObject account() {
    return cluster.get(Resources.SERVICE_ACCOUNTS, "robot").orElseThrow();
  }

  private KubeObject secret() {
    return cluster.get(Resources.SECRETS, "key").orElseThrow();
  }

  private static String decoded(Tree data, String name) {
    return new String(Base64.getDecoder().decode(data.text(name)), UTF_8);
  }

  @Test
  void fillsTheSecretAndSaysWhoseItIs() {
    cluster.create(Resources.SECRETS, SECRET.formatted("key"));
    Tree data = secret().tree().tree("data");
    assertThat(decoded(data, "token")).isEqualTo("key of default/robot " + account().uid());
    assertThat(decoded(data, "ca.crt")).isEqualTo("PEM");
    assertThat(decoded(data, "namespace")).isEqualTo("default");
    assertThat(secret().annotations())
        .containsEntry("kubernetes.io/service-account.uid", account().uid());
  }

  @Test
  void mendsTheCertificateAndKeepsTokenAndNamespace() {
    cluster.create(Resources.SECRETS, SECRET.formatted("key"));
    KubeObject changed =
        secret().with("bWluZQ==", "data", "token").with("bm9uZQ==", "data", "namespace");
    cluster.update(Resources.SECRETS, changed.with("b2xk", "data", "ca.crt"));
    Tree data = secret().tree().tree("data");
    assertThat(decoded(data, "token")).isEqualTo("mine");
    assertThat(decoded(data, "namespace")).isEqualTo("none");
    assertThat(decoded(data, "ca.crt")).isEqualTo("PEM");
  }

  @Test
  void deletesTheSecretWithItsAccount() {
    cluster.create(Resources.SECRETS, SECRET.formatted("key"));
    cluster.create(Resources.SECRETS, "{metadata: {name: other}}");
    cluster.delete(Resources.SERVICE_ACCOUNTS, account(), "Background");
    assertThat(cluster.names(Resources.SECRETS)).containsExactly("other");
  }

  @Test
  void deletesTheSecretOfAnAccountThatNeverWas() {
    cluster.create(Resources.SECRETS, SECRET.formatted("key").replace("robot", "nobody"));
    assertThat(cluster.names(Resources.SECRETS)).isEmpty();
  }

  @Test
  void deletesTheSecretOfAnEarlierAccountOfThatName() {
    String earlier = "robot, kubernetes.io/service-account.uid: earlier";
    cluster.create(Resources.SECRETS, SECRET.formatted("key").replace("robot", earlier));
    assertThat(cluster.names(Resources.SECRETS)).isEmpty();
  }

  @Test
  void takesTheNameOfSecretThatIsGoneOutOfItsAccount() {
    cluster.create(Resources.SECRETS, SECRET.formatted("key"));
    Items names =
        ControlPlane.yaml("{secrets: [{name: key}, {name: other}]}").tree().items("secrets");
    cluster.update(Resources.SERVICE_ACCOUNTS, account().with(names, "secrets"));
    cluster.delete(Resources.SECRETS, secret(), "Background");
    assertThat(account().tree().items("secrets").trees()).containsExactly(Tree.of("name", "other"));
  }
}
