package io.kuber.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.api.Admission.Request;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.TreeImage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may have certificates approved and signed. */
final class SigningRightsTest {
  private static final String CLIENT = "kubernetes.io/kube-apiserver-client";
  private static final String O_MASTERS = "060355040a0c0e" + hex("system:masters");

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Somebody who has one right on signers. */
  private record OneRight(String verb, String signer) implements Authorizer {
    @Override
    public Ruling rule(User user, Deed deed) {
      return deed instanceof Deed.OnResource on
              && on.verb().equals(verb)
              && on.resource().equals("signers")
              && on.name().equals(signer)
          ? Ruling.ALLOWED
          : Ruling.REFUSED;
    }

    @Override
    public Rights rights(User user, String namespace) {
      throw new UnsupportedOperationException("nobody asks");
    }
  }

  private static KubeObject wish(String signer, String derInHex) {
    String pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(derInHex))
            + "\n-----END CERTIFICATE REQUEST-----\n";
    return Resources.CERTIFICATE_SIGNING_REQUESTS
        .object("", "w")
        .with(signer, "spec", "signerName")
        .with(
            Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)),
            "spec",
            "request");
  }

  private static void admit(OneRight right, String part, KubeObject wish, KubeObject old) {
    new SigningRights(right)
        .admit(
            new Request(
                Verb.UPDATE,
                BuiltInKinds.catalogue().of(Resources.CERTIFICATE_SIGNING_REQUESTS),
                part,
                wish,
                old,
                User.known("jane"),
                TreeImage.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({
    "approve, example.com/a, approval, true",
    "approve, example.com/*, approval, true",
    "approve, example.com/b, approval, false",
    "sign, example.com/a, approval, false",
    "sign, example.com/a, status, true",
    "sign, example.com/*, status, true",
    "approve, example.com/a, status, false",
  })
  void asksForTheRightOnTheSigner(String verb, String signer, String part, boolean isAllowed) {
    KubeObject old = wish("example.com/a", "00");
    KubeObject wish = old.with("c2lnbmVk", "status", "certificate");
    OneRight right = new OneRight(verb, signer);
    if (isAllowed) {
      admit(right, part, wish, old);
    } else {
      assertThatThrownBy(() -> admit(right, part, wish, old))
          .hasMessage(
              "certificatesigningrequests.certificates.k8s.io \"w\" is forbidden: user not"
                  + " permitted to %s requests with signerName \"example.com/a\"",
              part.equals("approval") ? "approve" : "sign");
    }
  }

  @Test
  void asksForNothingWhereNothingIsSigned() {
    KubeObject old = wish("example.com/a", "00");
    admit(new OneRight("", ""), "status", old.with("b", "metadata", "labels", "a"), old);
    assertThat(old.status().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    CLIENT + ", true, false",
    CLIENT + ", false, true",
    "example.com/a, true, true",
  })
  void refusesWishesForTheGroupThatMayDoEverything(
      String signer, boolean isOfMasters, boolean isAllowed) {
    KubeObject wish =
        wish(signer, "3000" + (isOfMasters ? O_MASTERS : "060355040a0c01" + hex("a")));
    Request request =
        new Request(
            Verb.CREATE,
            BuiltInKinds.catalogue().of(Resources.CERTIFICATE_SIGNING_REQUESTS),
            "",
            wish,
            null,
            User.known("jane"),
            TreeImage.EMPTY);
    SigningRights link = new SigningRights(new OneRight("", ""));
    if (isAllowed) {
      assertThat(link.admit(request)).isEqualTo(wish);
    } else {
      assertThatThrownBy(() -> link.admit(request))
          .hasMessageEndingWith(
              "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not"
                  + " allowed");
    }
  }
}
