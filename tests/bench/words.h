/* Words the generator puts names and texts together from. What services do and whom they are for
 * are terms in use (data/term.tsv, data/SOURCES.md); the organizations are invented: two pictures
 * out of nature and a word for an association, so that nobody takes one for a real body. */
#ifndef BENCH_WORDS_H
#define BENCH_WORDS_H

struct pair {
    const char *km, *en;
};

struct activity {
    const char *code; /* kind of service */
    const char *km, *en;
};

static const struct activity activities[] = {
    {"A1", "ទូរស័ព្ទបន្ទាន់", "Hotline"},
    {"A3", "ជម្រកសុវត្ថិភាព", "Safe shelter"},
    {"A5", "កិច្ចការពារកុមារក្នុងគ្រាអាសន្ន", "Child protection in emergencies"},
    {"B4", "សេវាគ្រប់គ្រងករណី", "Case management"},
    {"B4", "ការងារសង្គមសហគមន៍", "Community social work"},
    {"C1", "ការគាំទ្រគ្រួសារ", "Family support"},
    {"C2", "ការសម្របសម្រួលគ្រួសារ", "Family counselling and mediation"},
    {"C3", "ការអប់រំឪពុកម្តាយ", "Parenting education"},
    {"C4", "ការថែទាំកុមារពេលថ្ងៃ", "Day care"},
    {"C5", "ថែទាំតាមរយៈគ្រួសារសាច់ញាតិ", "Kinship care"},
    {"C6", "ថែទាំតាមរយៈគ្រួសារមិនជាប់សាច់ញាតិ", "Foster care"},
    {"C8", "មណ្ឌលថែទាំបណ្ដោះអាសន្ន", "Temporary care"},
    {"C9", "សមាហរណកម្មគ្រួសារ", "Family reintegration"},
    {"C9", "ការបង្រួបបង្រួមគ្រួសារ", "Family reunification"},
    {"D1", "មណ្ឌលសុខភាព", "Health centre"},
    {"D2", "ការថែទាំក្រោយអំពើហិង្សា", "Care after violence"},
    {"D3", "ការគាំទ្រផ្នែកផ្លូវចិត្ត", "Psychosocial support"},
    {"D3", "ការប្រឹក្សា", "Counselling"},
    {"D4", "ការប្រឹក្សាជនរងគ្រោះ", "Trauma counselling"},
    {"D5", "ការព្យាបាលសុខភាពផ្លូវចិត្ត", "Mental health treatment"},
    {"D6", "ស្តារនីតិសម្បទាអ្នកប្រើប្រាស់គ្រឿងញៀន", "Drug and alcohol support"},
    {"D7", "សុខភាពយុវវ័យ", "Adolescent health"},
    {"E1", "ការស្តារនីតិសម្បទា", "Rehabilitation"},
    {"E2", "ឧបករណ៍ជំនួយ", "Assistive devices"},
    {"F1", "ជំនួយផ្នែកច្បាប់", "Legal aid"},
    {"F3", "យុត្តិធម៌អនីតិជន", "Juvenile justice support"},
    {"F4", "ការចុះបញ្ជីកំណើត", "Birth registration"},
    {"G1", "ការសិក្សាអប់រំ", "Return to school"},
    {"G1", "អាហារូបករណ៍", "Scholarships"},
    {"G2", "ការបណ្តុះបណ្តាលវិជ្ជាជីវៈ", "Vocational training"},
    {"G3", "បំណិនជីវិត", "Life skills"},
    {"G3", "ក្លឹបកុមារ", "Child club"},
    {"G4", "កម្មវិធីឧបត្ថម្ភសាច់ប្រាក់", "Cash assistance"},
    {"G5", "ម្ហូបអាហារ", "Food assistance"},
    {"G6", "ការបង្កើតប្រាក់ចំណូល", "Income generation"},
    {"H1", "ការបង្ការអំពើហិង្សា", "Violence prevention"},
    {"H1", "ការយល់ដឹង", "Awareness raising"},
    {"H2", "ចំណាកស្រុកសុវត្ថិភាព", "Safe migration"},
    {"H3", "ការបង្ការពលកម្មកុមារ", "Child labour prevention"},
    {"H4", "កុមាររស់នៅតាមទីសាធារណៈ", "Street outreach"},
    {"H5", "យន្តការការពារកុមារនៅសហគមន៍", "Community protection group"},
};

static const struct pair targets[] = {
    {"កុមារ", "children"},
    {"កុមារងាយរងគ្រោះ", "vulnerable children"},
    {"កុមារមានពិការភាព", "children with disabilities"},
    {"ស្ត្រី និងកុមារ", "women and children"},
    {"យុវជន", "young people"},
    {"អនីតិជន", "minors"},
    {"ជនរងគ្រោះ", "victims"},
    {"គ្រួសារក្រីក្រ", "poor families"},
    {"ឪពុកម្តាយ", "parents"},
    {"កុមារកំព្រា", "orphans"},
    {"ជនមានពិការភាព", "people with disabilities"},
    {"ពលករចំណាកស្រុក", "migrant workers"},
};

static const struct pair forms[] = {
    {"អង្គការ", "Organization"}, {"សមាគម", "Association"}, {"មូលនិធិ", "Foundation"},
    {"បណ្តាញ", "Network"},       {"ក្រុម", "Group"},         {"មជ្ឈមណ្ឌល", "Centre"},
};

static const struct pair pictures[] = {
    {"ផ្កាឈូក", "Lotus"},
    {"ផ្កាម្លិះ", "Jasmine"},
    {"ផ្កាចំប៉ី", "Frangipani"},
    {"ផ្ការំដួល", "Rumduol"},
    {"ស្លឹកត្នោត", "Palm Leaf"},
    {"ដើមពោធិ៍", "Bodhi Tree"},
    {"ដើមជ្រៃ", "Banyan"},
    {"ដើមដូង", "Coconut"},
    {"ឫស្សី", "Bamboo"},
    {"គ្រាប់ស្រូវ", "Rice Grain"},
    {"សំបុក", "Nest"},
    {"ស្លាប", "Wing"},
    {"សត្វត្រចៀកកាំ", "Swallow"},
    {"ក្រៀល", "Crane"},
    {"ព្រាប", "Dove"},
    {"មេអំបៅ", "Butterfly"},
    {"ឃ្មុំ", "Honeybee"},
    {"អណ្តើក", "Turtle"},
    {"ផ្សោត", "Dolphin"},
    {"ដំរី", "Elephant"},
    {"ព្រះអាទិត្យ", "Sun"},
    {"ព្រះចន្ទ", "Moon"},
    {"ផ្កាយ", "Star"},
    {"ឥន្ទធនូ", "Rainbow"},
    {"ពន្លឺ", "Light"},
    {"អរុណោទ័យ", "Dawn"},
    {"ទន្លេ", "River"},
    {"បឹង", "Lake"},
    {"ភ្នំ", "Hill"},
    {"ស្ពាន", "Bridge"},
    {"ខ្លែង", "Kite"},
    {"ទូក", "Boat"},
    {"ដំបូល", "Roof"},
    {"ចង្កៀង", "Lantern"},
    {"ស្នាមញញឹម", "Smile"},
    {"ក្តីសង្ឃឹម", "Hope"},
};

static const struct pair sentences[] = {
    {"បុគ្គលិកសង្គមជួបកុមារ និងគ្រួសារនៅផ្ទះ ហើយធ្វើការជាមួយអាជ្ញាធរដែនដី។",
     "Social workers meet the child and the family at home and work with the local authorities."},
    {"ទទួលករណីពីគណៈកម្មាធិការឃុំ សង្កាត់ និងការិយាល័យសង្គមកិច្ច។",
     "Takes cases from the commune committee and from the office of social affairs."},
    {"ផ្តល់ការប្រឹក្សា ការគាំទ្រផ្នែកផ្លូវចិត្ត និងការបញ្ជូនទៅមណ្ឌលសុខភាព។",
     "Gives counselling and psychosocial support and refers to the health centre."},
    {"សេវានេះឥតគិតថ្លៃ និងរក្សាការសម្ងាត់។", "The service is free of charge and confidential."},
    {"ជួយកុមារឱ្យត្រឡប់ទៅសាលារៀនវិញ និងជួយគ្រួសារក្រីក្រ។",
     "Helps children to return to school and helps poor families."},
    {"ធ្វើការជាមួយក្រុមឪពុកម្តាយ ក្លឹបកុមារ និងលោកគ្រូអ្នកគ្រូ។",
     "Works with groups of parents, child clubs and teachers."},
    {"ផ្តល់ជំនួយផ្នែកច្បាប់ ហើយទៅតុលាការជាមួយជនរងគ្រោះ។",
     "Gives legal aid and accompanies victims to court."},
    {"ស្នាក់នៅបានយូរបំផុតបីខែ មុនពេលធ្វើសមាហរណកម្ម។",
     "A stay of at most three months before reintegration."},
};

/* Codes that Cambodia's numbering plan gives to no place and to no company. The generator puts a 0
 * behind them, with which no subscriber's number begins: such a number reaches no telephone. */
static const char *const dead_codes[] = {"20", "21", "22", "27", "28", "29", "30",
                                         "40", "41", "47", "48", "49", "50", "51"};

#endif
