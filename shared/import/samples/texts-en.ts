import type { SampleFlowId, SampleFlowTexts } from './texts.ts';

/** Names of things that all samples have. */
export const namesEn = { hours: 'Opening hours', closed: 'Closed', message: 'Leave a message' };

export const samplesEn: Readonly<Record<SampleFlowId, SampleFlowTexts>> = {
  shop: {
    name: 'Online shop',
    about: 'Orders, returns and advice, with a menu of its own for returns.',
    closed:
      'Thank you for calling Maple and Moss. We are here from Monday to Friday, nine to five. Please leave a message after the tone.',
    outline: `Thank you for calling Maple and Moss. For a new order, press 1. For an order on its way, press 2. For returns, press 3. To talk to us, press 0. To hear this again, press 9.
1 New orders -> queue Sales
2 Orders on their way
  Orders leave our house within a day, and reach you within three. To ask about yours, press 1. To go back, press star.
  1 Ask about an order -> queue Customer service
  * Back
3 Returns
  For the address of returns, press 1. For a damaged parcel, press 2. To go back, press star.
  1 Address: Maple and Moss, 12 Mill Lane, Bristol. Please put the slip from your parcel inside.
  2 Damaged parcel -> queue Customer service
  * Back
0 Talk to us -> queue Customer service
9 Repeat`,
  },
  surgery: {
    name: "Doctor's surgery",
    about: 'Appointments, prescriptions and results; emergencies are told first.',
    closed:
      'Riverside Surgery is closed. If life is in danger, hang up and call 112. Otherwise please leave a message after the tone, and we will call you back.',
    outline: `Riverside Surgery. If life is in danger, hang up and call 112. For an appointment today, press 1. For prescriptions, press 2. For test results, press 3. For everything else, press 0.
1 Appointments -> queue Reception
2 Prescriptions
  For a repeat prescription, press 1. To ask the nurse, press 2. To go back, press star.
  1 Repeat prescription -> voicemail
  2 Ask the nurse -> queue Nurses
  * Back
3 Test results -> queue Nurses
0 Everything else -> queue Reception
no input -> queue Reception
invalid -> queue Reception`,
  },
  support: {
    name: 'Support desk',
    about: 'First what is broken, then how urgent it is; business customers go first.',
    closed:
      'Our support is closed now. Leave a message with your customer number after the tone, and we will call you in the morning.',
    outline: `Welcome to technical support. If nothing works at all, press 1. For help with one thing, press 2. For your bill, press 3.
1 Nothing works -> queue Urgent
2 Help with one thing
  For the internet, press 1. For the telephone, press 2. For television, press 3. To go back, press star.
  1 Internet
    Please switch your router off, wait ten seconds, and switch it on again. If that does not help, press 1. To go back, press star.
    1 It does not help -> queue Technicians
    * Back
  2 Telephone -> queue Technicians
  3 Television -> queue Technicians
  * Back
3 Bills -> queue Billing
no input -> queue Technicians`,
  },
  municipality: {
    name: 'Municipality',
    about: 'Many departments in two levels, with answers to what is asked most.',
    closed:
      'The town hall is closed. It is open from Monday to Friday, eight to four. Please leave a message after the tone.',
    outline: `Town hall of Greenford. For identity cards and passports, press 1. For waste and streets, press 2. For taxes, press 3. For births, marriages and deaths, press 4. For the switchboard, press 0.
1 Identity cards and passports
  For what you need to bring, press 1. To ask if yours is ready, press 2. To go back, press star.
  1 What to bring: Please bring a photograph, your old document and your fee of thirty pounds. No appointment is needed.
  2 Is it ready? -> queue Documents
  * Back
2 Waste and streets
  For collection days, press 1. To report a fault, press 2. To go back, press star.
  1 Collection days: Household waste is collected on Tuesdays, paper and glass on every second Friday.
  2 Report a fault -> voicemail
  * Back
3 Taxes -> queue Taxes
4 Births, marriages and deaths -> queue Registry
0 Switchboard -> queue Switchboard
no input -> queue Switchboard`,
  },
};
