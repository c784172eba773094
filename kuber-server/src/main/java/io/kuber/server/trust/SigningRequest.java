package io.kuber.server.trust;

import io.kuber.access.CertificateWish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
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

  /** What it says, in words. */
  CertificateWish wish() {
    return new CertificateWish(
        parts(BCStyle.CN).stream().findFirst().orElse(""),
        parts(BCStyle.O),
        named(GeneralName.dNSName),
        addresses(),
        named(GeneralName.rfc822Name),
        named(GeneralName.uniformResourceIdentifier));
  }

  private List<String> parts(ASN1ObjectIdentifier kind) {
    return Arrays.stream(subject.getRDNs(kind))
        .flatMap(part -> Arrays.stream(part.getTypesAndValues()))
        .filter(part -> part.getType().equals(kind))
        .map(part -> IETFUtils.valueToString(part.getValue()))
        .toList();
  }

  /** As people write them; what is no address stays as it was encoded. */
  private List<String> addresses() {
    return names == null
        ? List.of()
        : Arrays.stream(names.getNames())
            .filter(name -> name.getTagNo() == GeneralName.iPAddress)
            .map(name -> text(ASN1OctetString.getInstance(name.getName()).getOctets()))
            .toList();
  }

  private static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      return HexFormat.of().formatHex(address);
    }
  }

  private List<String> named(int kind) {
    return names == null
        ? List.of()
        : Arrays.stream(names.getNames())
            .filter(name -> name.getTagNo() == kind)
            .map(name -> name.getName().toString())
            .toList();
  }

  private static @Nullable GeneralNames names(JcaPKCS10CertificationRequest request) {
    Extensions wished = request.getRequestedExtensions();
    return wished == null
        ? null
        : GeneralNames.fromExtensions(wished, Extension.subjectAlternativeName);
  }
}
