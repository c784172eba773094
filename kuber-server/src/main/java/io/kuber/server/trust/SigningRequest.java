package io.kuber.server.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have certified (PKCS #10).
 *
 * @param key his, as the signature of the request shows
 * @param subject who he says he is
 * @param names under which else he is known; null without any
 */
record SigningRequest(PublicKey key, X500Name subject, @Nullable GeneralNames names) {
  /** Reads a request; fails when it is none, or not signed by its own key. */
  static SigningRequest parse(byte[] encoded) throws GeneralSecurityException {
    try {
      JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(encoded);
      PublicKey key = request.getPublicKey();
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new GeneralSecurityException("the request is not signed by its own key");
      }
      return new SigningRequest(key, request.getSubject(), names(request));
    } catch (IOException | OperatorCreationException | PKCSException e) {
      throw new GeneralSecurityException("cannot read the request: " + e.getMessage(), e);
    }
  }

  private static @Nullable GeneralNames names(JcaPKCS10CertificationRequest request) {
    Extensions wished = request.getRequestedExtensions();
    return wished == null
        ? null
        : GeneralNames.fromExtensions(wished, Extension.subjectAlternativeName);
  }
}
