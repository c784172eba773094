package io.kuber.testkit.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.WatchListener;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.server.trust.Identity;
import io.kuber.testkit.server.Follower;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import io.kuber.view.Condition;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Certificates of clients, on virtual time. */
final class CertificatesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(9, 1));

  @AfterEach
  void close() {
    cluster.close();
  }

  /** The HTTP status with which a request for the ConfigMaps of a namespace is answered. */
  private static int status(Client client) {
    try {
      client.list(Resources.CONFIG_MAPS, "default", ListOptions.ALL).toCompletableFuture().join();
      return 200;
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException refused) {
        return refused.code();
      }
      throw e;
    }
  }

  private Client client(Identity shown) {
    return cluster.certificates().client(shown.certificate());
  }

  @Test
  void refusesACertificateWhoseTimeIsOver() {
    Client admin = client(cluster.certificates().issue("ann", HOUR, "system:masters"));
    cluster.advance(HOUR.minusSeconds(1));
    assertThat(status(admin)).isEqualTo(200);
    cluster.advance(Duration.ofSeconds(2));
    assertThat(status(admin)).isEqualTo(401);
  }

  @Test
  void givesTheRightsOfTheUserWhomItNames() {
    Client alice = client(cluster.certificates().issue("alice", HOUR, "developers"));
    assertThat(status(alice)).isEqualTo(403);
    letDevelopersLook();
    assertThat(status(alice)).isEqualTo(200);
  }

  private void letDevelopersLook() {
    cluster.create(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: developers}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: developers}]
        """);
    cluster.settle();
  }

  @Test
  void refusesACertificateOfAnotherCluster() {
    try (VirtualCluster other = VirtualCluster.start(VirtualOptions.of(1, 0))) {
      Identity foreign = other.certificates().issue("ann", HOUR, "system:masters");
      assertThat(status(client(foreign))).isEqualTo(401);
    }
  }

  @Test
  void letsAWatchGoOnThatWasBegunInTime() throws Exception {
    Client ann = client(cluster.certificates().issue("ann", HOUR, "system:masters"));
    Names names = new Names();
    try (AutoCloseable watch =
        ann.watch(Resources.CONFIG_MAPS, "default", ListOptions.ALL, "", names)) {
      cluster.advance(HOUR.multipliedBy(2));
      cluster.create("{apiVersion: v1, kind: ConfigMap, metadata: {name: late}}");
      cluster.advance(Duration.ofSeconds(1));
      assertThat(names.seen).contains("late");
      assertThat(watch).isNotNull();
    }
    ann.watch(Resources.CONFIG_MAPS, "default", ListOptions.ALL, "", names).close();
    assertThat(names.ended).hasMessage("Unauthorized");
  }

  @Test
  void isJudgedByEachServerAtItsOwnClock() {
    Identity ann = cluster.certificates().issue("ann", HOUR, "system:masters");
    Follower ahead = cluster.servers().follower("ahead");
    ahead.skew(HOUR.multipliedBy(2));
    Follower behind = cluster.servers().follower("behind");
    behind.skew(HOUR.negated());
    assertThat(status(client(ann))).isEqualTo(200);
    assertThat(status(ahead.client(ann.certificate()))).isEqualTo(401);
    assertThat(status(behind.client(ann.certificate()))).isEqualTo(401);
  }

  private static String requestOf(String user) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    byte[] request =
        new JcaPKCS10CertificationRequestBuilder(
                new X500Name("O=developers,CN=" + user), keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
            .getEncoded();
    String pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n%s\n-----END CERTIFICATE REQUEST-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(request));
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  private void wish(String name, long seconds) throws Exception {
    KubeObject wish =
        Resources.CERTIFICATE_SIGNING_REQUESTS
            .object("", name)
            .with(
                Tree.of(
                    "request",
                    requestOf(name),
                    "signerName",
                    "kubernetes.io/kube-apiserver-client",
                    "expirationSeconds",
                    seconds,
                    "usages",
                    Items.of("digital signature", "client auth")),
                "spec");
    cluster
        .client()
        .create(Resources.CERTIFICATE_SIGNING_REQUESTS, wish)
        .toCompletableFuture()
        .join();
  }

  private void approve(String name) {
    Tree approved =
        Condition.of("Approved", "True", "Test", "", cluster.now())
            .with("lastUpdateTime", cluster.now().toString())
            .tree();
    KubeObject wish = cluster.get(Resources.CERTIFICATE_SIGNING_REQUESTS, "", name);
    cluster
        .client()
        .updateSubresource(
            Resources.CERTIFICATE_SIGNING_REQUESTS,
            "approval",
            wish.with(Items.of(approved), "status", "conditions"))
        .toCompletableFuture()
        .join();
  }

  private boolean isThere(String name) {
    return cluster.find(Resources.CERTIFICATE_SIGNING_REQUESTS, "", name).isPresent();
  }

  @Test
  void signsWhatWasApprovedForAsLongAsItAsksAndForgetsTheRequest() throws Exception {
    letDevelopersLook();
    wish("bob", 1800);
    assertThatThrownBy(() -> cluster.certificates().sign("bob"))
        .hasMessage("the request bob was not approved");
    approve("bob");
    Instant now = cluster.now();
    X509Certificate bob = cluster.certificates().sign("bob");
    assertThat(bob.getNotAfter().toInstant()).isEqualTo(now.plusSeconds(1800));
    Client client = cluster.certificates().client(bob);
    assertThat(status(client)).isEqualTo(200);
    cluster.advance(Duration.ofMinutes(29));
    assertThat(isThere("bob")).isTrue();
    cluster.advance(Duration.ofMinutes(2));
    assertThat(status(client)).isEqualTo(401);
    assertThat(isThere("bob")).isFalse();
  }

  @Test
  void forgetsRequestsThatNobodyDecidedAfterADay() throws Exception {
    wish("nobody", 86_400);
    cluster.advance(Duration.ofHours(23));
    assertThat(isThere("nobody")).isTrue();
    cluster.advance(HOUR.plusSeconds(1));
    assertThat(isThere("nobody")).isFalse();
  }

  /** The names of what was added, and the end. */
  private static final class Names implements WatchListener {
    private final List<String> seen = new ArrayList<>();
    private RuntimeException ended = new IllegalStateException("it goes on");

    @Override
    public void added(KubeObject object) {
      seen.add(object.name());
    }

    @Override
    public void modified(KubeObject object) {
      seen.add(object.name() + " changed");
    }

    @Override
    public void deleted(KubeObject object) {
      seen.add(object.name() + " deleted");
    }

    @Override
    public void ended(RuntimeException reason) {
      ended = reason;
    }
  }
}
