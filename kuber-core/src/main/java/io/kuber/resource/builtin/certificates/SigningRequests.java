package io.kuber.resource.builtin.certificates;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Ages;
import io.kuber.resource.Columns;
import io.kuber.resource.Conversion;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.NameForm;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.time.Duration;
import java.util.List;

/** {@code certificates.k8s.io/v1 CertificateSigningRequest}. */
final class SigningRequests implements KindRules {
  private static final long SHORTEST = 600;
  static final Kind KIND =
      Kind.of(
              Resources.CERTIFICATE_SIGNING_REQUESTS,
              new SigningRequests(),
              Columns.none()
                  .name()
                  .age()
                  .text("SignerName", (csr, now) -> signer(csr.spec()))
                  .text("Requestor", (csr, now) -> csr.spec().text("username"))
                  .text("RequestedDuration", (csr, now) -> duration(csr.spec()))
                  .text("Condition", (csr, now) -> SigningConditions.summary(csr.status())))
          .with(Trait.STATUS)
          .with(
              Subresource.ofReadAndWrite(
                  "approval", "certificates.k8s.io/v1", "CertificateSigningRequest"))
          .selectable("spec.signerName")
          .strict(new NoLegacySigner());

  private static final List<String> USAGES =
      List.of(
          "any",
          "cert sign",
          "client auth",
          "code signing",
          "content commitment",
          "crl sign",
          "data encipherment",
          "decipher only",
          "digital signature",
          "email protection",
          "encipher only",
          "ipsec end system",
          "ipsec tunnel",
          "ipsec user",
          "key agreement",
          "key encipherment",
          "microsoft sgc",
          "netscape sgc",
          "ocsp signing",
          "s/mime",
          "server auth",
          "signing",
          "timestamping");

  private SigningRequests() {}

  private static String signer(Tree spec) {
    return spec.text("signerName").isEmpty() ? "<none>" : spec.text("signerName");
  }

  private static String duration(Tree spec) {
    return spec.has("expirationSeconds")
        ? Ages.human(Duration.ofSeconds(spec.number(0, "expirationSeconds")))
        : "<none>";
  }

  /** What is asked for never changes. */
  @Override
  public KubeObject prepared(KubeObject updated, KubeObject old) {
    return updated.with(old.spec(), "spec");
  }

  @Override
  public void check(KubeObject csr, Problems problems) {
    MetadataCheck.check(csr, NameForm.ANY, problems);
    Tree spec = csr.spec();
    PemRequest.check(FieldPath.SPEC.child("request"), spec.text("request"), problems);
    FieldPath usages = FieldPath.SPEC.child("usages");
    if (spec.items("usages").isEmpty()) {
      problems.required(usages, "");
    }
    Texts.checkEachOneOf(usages, spec.items("usages"), USAGES, problems);
    Texts.checkUnique(usages, spec.items("usages").texts(), problems);
    checkSigner(FieldPath.SPEC.child("signerName"), spec.text("signerName"), problems);
    long seconds = spec.number(SHORTEST, "expirationSeconds");
    if (seconds < SHORTEST) {
      problems.invalid(
          FieldPath.SPEC.child("expirationSeconds"),
          seconds,
          "may not specify a duration less than 600 seconds (10 minutes)");
    }
  }

  /** Only {@code v1beta1} has requests without a signer. */
  private static final class NoLegacySigner implements Conversion {
    @Override
    public void checkCreate(KubeObject sent, Problems problems) {
      if (sent.spec().text("signerName").equals("kubernetes.io/legacy-unknown")) {
        problems.invalid(
            FieldPath.SPEC.child("signerName"),
            "kubernetes.io/legacy-unknown",
            "the legacy signerName is not allowed via this API version");
      }
    }
  }

  /** A domain, a slash and a path of subdomains (pkg/apis/core/validation, ValidateSignerName). */
  private static void checkSigner(FieldPath field, String name, Problems problems) {
    if (name.isEmpty()) {
      problems.required(field, "");
      return;
    }
    int slash = name.indexOf('/');
    if (slash < 0) {
      problems.invalid(
          field,
          name,
          "must be a fully qualified domain and path of the form 'example.com/signer-name'");
      return;
    }
    String domain = name.substring(0, slash);
    if (!domain.contains(".")) {
      problems.invalid(
          field, name, "should be a domain with at least two segments separated by dots");
    }
    Names.SUBDOMAIN.check(field, domain, problems);
    Names.SUBDOMAIN.check(field, name.substring(slash + 1), problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkSubresource(
      String subresource, KubeObject updated, KubeObject old, Problems problems) {
    SigningConditions.check(updated.status(), problems);
    SigningConditions.checkUpdate(
        updated.status(), old.status(), subresource.equals("approval"), problems);
  }
}
