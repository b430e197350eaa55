import java.io.FileInputStream;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Checks PDFs against profiles: `Verapdf ua1,2a file.pdf …`. Prints each failing clause; exits 1 where there is one. */
public class Verapdf {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean sound = true;
        for (int index = 1; index < arguments.length; index++) {
            for (String profile : arguments[0].split(",")) {
                sound &= check(arguments[index], PDFAFlavour.byFlavourId(profile));
            }
        }
        System.exit(sound ? 0 : 1);
    }

    private static boolean check(String file, PDFAFlavour flavour) throws Exception {
        try (var input = new FileInputStream(file);
                var parser = Foundries.defaultInstance().createParser(input, flavour);
                var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            var result = validator.validate(parser);
            System.out.println(file + " " + flavour.getId() + " " + (result.isCompliant() ? "ok" : "FAILED"));
            result.getTestAssertions().stream()
                .filter(assertion -> assertion.getStatus().toString().equals("failed"))
                .limit(20)
                .forEach(assertion -> System.out.println("  clause " + assertion.getRuleId().getClause() + "-"
                    + assertion.getRuleId().getTestNumber() + ": " + assertion.getMessage() + " at "
                    + assertion.getLocation().getContext()));
            return result.isCompliant();
        }
    }
}
