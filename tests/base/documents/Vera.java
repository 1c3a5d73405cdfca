import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** For each PDF named, a line with the rules of PDF/A-2a and of PDF/UA-1 that it breaks, by clause and test. */
class Vera {
    public static void main(String[] names) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : names) {
            var broken = new TreeSet<String>();
            for (String flavour : new String[] {"2a", "ua1"}) {
                broken.addAll(brokenIn(Path.of(name), PDFAFlavour.byFlavourId(flavour)));
            }
            System.out.println("BROKEN " + String.join(" ", broken));
        }
    }

    private static TreeSet<String> brokenIn(Path file, PDFAFlavour flavour) throws Exception {
        var broken = new TreeSet<String>();
        try (var content = Files.newInputStream(file);
                var parser = Foundries.defaultInstance().createParser(content, flavour);
                var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            for (TestAssertion found : validator.validate(parser).getTestAssertions()) {
                if (found.getStatus() == TestAssertion.Status.FAILED) {
                    var rule = found.getRuleId();
                    broken.add(flavour.getId() + ":" + rule.getClause() + "-" + rule.getTestNumber());
                }
            }
        }
        return broken;
    }
}
