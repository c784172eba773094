package io.kuber.admission;

import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.User;
import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may approve and sign which certificates, and that nobody gets one for the group that may do
 * everything (plugin/pkg/admission/certificates: approval, signing, subjectrestriction).
 */
final class SigningRights implements Admission {
  private static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN [A-Z ]+-----([A-Za-z0-9+/=\\s]+)-----END");

  /** {@code O=system:masters} in DER: the identifier of organisations, and a text of any kind. */
  private static final Pattern MASTERS_IN_HEX =
      Pattern.compile(
          "060355040a..%02x%s"
              .formatted(
                  User.MASTERS.length(),
                  HexFormat.of().formatHex(User.MASTERS.getBytes(StandardCharsets.US_ASCII))));

  private final Authorizer authorizer;

  SigningRights(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public KubeObject admit(Request request) {
    KubeObject wish = request.object();
    if (request.kind().type().equals(Resources.CERTIFICATE_SIGNING_REQUESTS)) {
      if (request.isCreate()) {
        checkSubject(wish);
      } else if (request.verb() == Verb.UPDATE) {
        checkDecision(request);
      }
    }
    return wish;
  }

  private static void checkSubject(KubeObject wish) {
    if (wish.spec().text("signerName").equals(CLIENT_SIGNER)
        && MASTERS_IN_HEX.matcher(hex(wish.spec().text("request"))).find()) {
      throw refused(
          wish,
          "use of %s signer with %s group is not allowed".formatted(CLIENT_SIGNER, User.MASTERS));
    }
  }

  /** The request in hexadecimal digits; none of one that cannot be read, which is refused later. */
  private static String hex(String request) {
    try {
      String text = new String(Base64.getDecoder().decode(request), StandardCharsets.US_ASCII);
      Matcher pem = PEM.matcher(text);
      return pem.find()
          ? HexFormat.of().formatHex(Base64.getMimeDecoder().decode(pem.group(1)))
          : "";
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  private void checkDecision(Request request) {
    KubeObject wish = request.object();
    KubeObject old = request.old();
    if (request.subresource().equals("approval")) {
      require(request, "approve");
    } else if (request.subresource().equals("status")
        && old != null
        && !(wish.status().text("certificate").equals(old.status().text("certificate"))
            && wish.status().items("conditions").equals(old.status().items("conditions")))) {
      require(request, "sign");
    }
  }

  private void require(Request request, String verb) {
    String signer = request.object().spec().text("signerName");
    String any = signer.substring(0, signer.indexOf('/') + 1) + "*";
    if (!may(request.user(), verb, signer) && !may(request.user(), verb, any)) {
      throw refused(
          request.object(),
          "user not permitted to %s requests with signerName \"%s\"".formatted(verb, signer));
    }
  }

  private boolean may(User user, String verb, String signer) {
    return authorizer
        .rule(
            user, new Deed.OnResource(verb, "certificates.k8s.io", "*", "signers", "", "", signer))
        .allowed();
  }

  private static RuntimeException refused(KubeObject wish, String why) {
    return Failures.forbidden(Resources.CERTIFICATE_SIGNING_REQUESTS, wish.name(), why);
  }
}
