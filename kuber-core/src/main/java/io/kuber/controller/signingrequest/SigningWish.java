package io.kuber.controller.signingrequest;

import io.kuber.access.CertificateIssuer;
import io.kuber.access.CertificateWish;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** A CertificateSigningRequest, read. */
record SigningWish(KubeObject object) {
  /** The request itself (PKCS #10 as PEM), which the API has checked to be one. */
  String pem() {
    byte[] request = Base64.getDecoder().decode(object.spec().text("request"));
    return new String(request, StandardCharsets.US_ASCII);
  }

  Set<String> usages() {
    return new LinkedHashSet<>(object.spec().items("usages").texts());
  }

  Optional<Signer> signer() {
    return Signer.named(object.spec().text("signerName"));
  }

  /** What it says; empty when it cannot be read. */
  Optional<CertificateWish> said(CertificateIssuer issuer) {
    return issuer.read(pem());
  }

  boolean isIssued() {
    return !object.status().text("certificate").isEmpty();
  }

  /** Whether a condition of that type holds. */
  boolean is(String type) {
    return object.status().items("conditions").trees().stream()
        .anyMatch(
            condition ->
                condition.text("type").equals(type)
                    && !condition.text("status").equals("False")
                    && !condition.text("status").equals("Unknown"));
  }

  /** The same with one more condition that holds. */
  KubeObject with(String type, String reason, String message) {
    Tree condition = Tree.of("type", type, "status", "True", "reason", reason, "message", message);
    return object.with(object.status().items("conditions").plus(condition), "status", "conditions");
  }

  /** The same with a certificate. */
  KubeObject with(String certificate) {
    byte[] pem = certificate.getBytes(StandardCharsets.US_ASCII);
    return object.with(Base64.getEncoder().encodeToString(pem), "status", "certificate");
  }
}
