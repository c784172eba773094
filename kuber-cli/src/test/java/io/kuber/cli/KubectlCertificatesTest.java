package io.kuber.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates as kubectl programs ask for, approve and use them; the books' CSR stories. */
final class KubectlCertificatesTest {
  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new NoNodes());

  /** A key, and a request for it as {@code spec.request} holds it. */
  private record Wish(KeyPair keys, String request) {
    static Wish of(String subject, String... dnsNames) throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair keys = generator.generateKeyPair();
      JcaPKCS10CertificationRequestBuilder builder =
          new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), keys.getPublic());
      if (dnsNames.length > 0) {
        GeneralName[] names = new GeneralName[dnsNames.length];
        for (int i = 0; i < names.length; i++) {
          names[i] = new GeneralName(GeneralName.dNSName, dnsNames[i]);
        }
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      }
      byte[] encoded =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded();
      return new Wish(keys, base64(pem("CERTIFICATE REQUEST", encoded)));
    }

    String key() {
      return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }
  }

  private static String pem(String label, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(encoded), label);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
  }

  private static String manifest(
      String version, String name, String signer, String request, String usages) {
    return """
    apiVersion: certificates.k8s.io/%s
    kind: CertificateSigningRequest
    metadata: {name: %s}
    spec:
      %s
      request: %s
      usages: [%s]
    """
        .formatted(version, name, signer.isEmpty() ? "" : "signerName: " + signer, request, usages);
  }

  /** The certificate of a request, once it is there. */
  private static String issued(Kubectl kubectl, String name) throws Exception {
    String text =
        kubectl.awaitsField("csr/" + name, "{.status.certificate}", found -> !found.isEmpty());
    return new String(Base64.getDecoder().decode(text), US_ASCII);
  }

  private static X509Certificate parsed(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }

  private static X509Certificate authority(Kubectl kubectl) throws Exception {
    return parsed(kubectl.field("configmap/kube-root-ca.crt", "{.data.ca\\.crt}"));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void signsTheCertificateOfAWebhookForItsOwnNameAsTheBookDoes(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String name = "hook-" + kubectl.namespace();
    String host = "hook." + kubectl.namespace() + ".svc";
    kubectl.applies(
        manifest(
            "v1beta1",
            name,
            "",
            Wish.of("CN=" + host, host).request(),
            "digital signature, key encipherment, key agreement, server auth"));
    assertThat(kubectl.does("get", "csr", name)).contains("Pending", "legacy-unknown");
    assertThat(kubectl.does("certificate", "approve", name)).contains("approved");
    X509Certificate certificate = parsed(issued(kubectl, name));
    kubectl.until(
        text -> !text.isEmpty(), "get", "configmap", "kube-root-ca.crt", "--ignore-not-found");
    certificate.verify(authority(kubectl).getPublicKey());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + host);
    assertThat(certificate.getSubjectAlternativeNames()).hasToString("[[2, " + host + "]]");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getKeyUsage()).startsWith(true, false, true, false, true);
    assertThat(certificate.getBasicConstraints()).as("it is no authority").isEqualTo(-1);
    assertThat(kubectl.does("get", "csr", name)).contains("Approved,Issued");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void letsAUserInWhoseCertificateWasApproved(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String user = "u-" + kubectl.namespace();
    Wish wish = Wish.of("O=mydevs,CN=" + user);
    kubectl.applies(
        manifest("v1", user, "kubernetes.io/kube-apiserver-client", wish.request(), "client auth"));
    kubectl.does("certificate", "approve", user);
    kubectl.file("user.crt", issued(kubectl, user));
    kubectl.file("user.key", wish.key());
    String server = kubectl.does("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}");
    String[] asUser = {
      "--kubeconfig=/dev/null",
      "--insecure-skip-tls-verify",
      "--server=" + server,
      "--client-certificate=user.crt",
      "--client-key=user.key",
      "get",
      "pods"
    };
    assertThat(kubectl.failsWith("", asUser))
        .contains("User \"" + user + "\" cannot list resource \"pods\"");
    kubectl.does("create", "rolebinding", "devs", "--clusterrole=view", "--group=mydevs");
    asUser[asUser.length - 1] = "pods";
    String[] inNamespace = Arrays.copyOf(asUser, asUser.length + 1);
    inNamespace[asUser.length] = "--namespace=" + kubectl.namespace();
    kubectl.does(inNamespace);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void tellsWhyACertificateWasNotMade(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String name = "greedy-" + kubectl.namespace();
    String request = Wish.of("CN=" + name, name).request();
    kubectl.applies(
        manifest(
            "v1",
            name,
            "kubernetes.io/kube-apiserver-client",
            request,
            "client auth, server auth"));
    kubectl.does("certificate", "approve", name);
    assertThat(
            kubectl.awaitsField(
                "csr/" + name,
                "{.status.conditions[?(@.type=='Failed')].message}",
                text -> !text.isEmpty()))
        .isEqualTo("invalid usage for client certificate: server auth");
    kubectl.applies(
        manifest("v1", "no" + name, "kubernetes.io/kubelet-serving", request, "server auth"));
    kubectl.does("certificate", "deny", "no" + name);
    assertThat(kubectl.does("get", "csr", "no" + name)).contains("Denied");
    assertThat(kubectl.failsWith("", "certificate", "approve", "no" + name))
        .contains("is already Denied");
    assertThat(
            kubectl.failsWith(
                manifest("v1", "x" + name, "kubernetes.io/legacy-unknown", request, "server auth"),
                "apply",
                "-f",
                "-"))
        .contains("the legacy signerName is not allowed via this API version");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void makesAServerCertificateWithTheNodesSigner(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String host = "hook." + kubectl.namespace() + ".svc";
    String name = "v1-" + kubectl.namespace();
    kubectl.applies(
        manifest(
            "v1",
            name,
            "kubernetes.io/kubelet-serving",
            Wish.of("O=system:nodes,CN=system:node:" + host, host).request(),
            "digital signature, key encipherment, server auth"));
    kubectl.does("certificate", "approve", name);
    assertThat(parsed(issued(kubectl, name)).getSubjectAlternativeNames().toString())
        .contains(host);
    assertThat(kubectl.does("describe", "csr", name)).containsPattern("Status: +Approved,Issued");
  }
}
