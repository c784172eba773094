package io.kuber.resource.builtin.certificates;

import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** A certificate request as clients send it: base64 of PEM (pkg/apis/certificates/helpers.go). */
final class PemRequest {
  private static final Pattern PEM =
      Pattern.compile("(?s).*-----BEGIN ([A-Z ]+)-----\\R([A-Za-z0-9+/=\\s]+)-----END \\1-----.*");

  private PemRequest() {}

  static void check(FieldPath field, String request, Problems problems) {
    if (!holdsRequest(request)) {
      problems.invalid(field, request, "PEM block type must be CERTIFICATE REQUEST");
    }
  }

  private static boolean holdsRequest(String request) {
    try {
      String text = new String(Base64.getDecoder().decode(request), StandardCharsets.US_ASCII);
      var pem = PEM.matcher(text);
      return pem.matches() && pem.group(1).matches("(NEW )?CERTIFICATE REQUEST");
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
